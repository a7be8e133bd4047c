import { env } from "./env.ts";

/** Says everything that is missing, and ends: a server that cannot serve must not look as if it could. */
export function checkEnvironment(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
