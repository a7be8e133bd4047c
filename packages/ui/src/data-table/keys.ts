/** Where a key leads in a list of `count` rows; undefined if the key means nothing there. -1: no row is active yet. */
export function movedTo(key: string, from: number, count: number, pageRows: number): number | undefined {
  const target = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + pageRows, PageUp: from - pageRows, Home: 0, End: count - 1 }[
    key
  ];
  return target === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, target));
}
