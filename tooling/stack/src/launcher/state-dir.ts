import path from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../..", import.meta.url));

/** The one folder that holds all state: HERALD_STATE_DIR, or `.herald` in the repository (git-ignored). */
export function defaultStateDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env.HERALD_STATE_DIR || path.join(repository, ".herald"));
}
