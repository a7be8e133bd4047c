import { fileURLToPath } from "node:url";
import type { DaemonSpec } from "../processes/daemon.ts";

/** Runs one of this package's own servers in a Node process. `script` is relative to the package's source folder. */
export function nodeScript(script: string, env: Readonly<Record<string, string | number>>): Pick<DaemonSpec, "command" | "args" | "env"> {
  const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
  return { command: process.execPath, args: [fileURLToPath(new URL(`../${script}`, import.meta.url))], env: given };
}
