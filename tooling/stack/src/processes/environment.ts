const inherited = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "TZ", "XDG_CACHE_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR"];

/**
 * The surroundings of a child: what any program needs, plus what it is given. Nothing else leaks in: a stray PGHOST or
 * NODE_OPTIONS of the operator's shell must not change how the stack behaves.
 */
export function childEnvironment(given: Readonly<Record<string, string>>): Record<string, string> {
  const base = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(base), ...given };
}
