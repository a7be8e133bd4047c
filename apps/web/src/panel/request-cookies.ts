/** The `Cookie` of a request as it will be after these `Set-Cookie` lines: a page that renders now must see the session that was just refreshed. */
export function withCookies(before: string, lines: readonly string[]): string {
  const byName = new Map(before.split(/; */).filter(Boolean).map(splitPair));
  for (const line of lines) {
    const [name, value] = splitPair(line.split(";", 1)[0] ?? "");
    if (/;\s*max-age=0\b/i.test(line)) byName.delete(name);
    else byName.set(name, value);
  }
  return [...byName].map(([name, value]) => `${name}=${value}`).join("; ");
}

function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf("=");
  return equals < 0 ? [pair, ""] : [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
}
