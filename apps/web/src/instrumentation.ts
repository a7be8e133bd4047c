/** At boot, before the first request. */
export async function register(): Promise<void> {
  // oxlint-disable-next-line no-restricted-properties -- Next leaves the code below out of its other runtime only for this very expression
  if (process.env["NEXT_RUNTIME"] === "nodejs") (await import("./check-environment.ts")).checkEnvironment();
}
