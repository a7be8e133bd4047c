/** What ends a `start` from another terminal, which does not have its variables. Null: it runs on the usual state folder. */
export function stopCommand(stateDir: string | null): string {
  const stop = "npx -y pnpm@12.21.0 stop";
  return stateDir === null ? stop : `HERALD_STATE_DIR='${stateDir.replaceAll("'", "'\\''")}' ${stop}`;
}
