import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");

/** Node's flags and the environment of an app, from the `start` of its package: what is measured here is what a deployer runs. */
function startOf(workspacePackage: string): { readonly flags: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const manifest = readFileSync(path.join(repository, workspacePackage, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: { start: string } };
  const words = scripts.start.split(" ");
  const node = words.indexOf("node");
  return {
    flags: words.slice(node + 1).filter((word) => word.startsWith("--")),
    env: Object.fromEntries(words.slice(0, node).map((word) => word.split("=", 2) as [string, string])),
  };
}

/**
 * How the simulator is run: a young generation of 2 MB instead of 32, so that its pauses stay under a millisecond and its limiter is on time.
 * Neither size can be set after the start.
 */
export const simulatorFlags: readonly string[] = startOf("apps/simulator").flags;
export const { flags: workerFlags, env: workerEnv } = startOf("apps/worker");

/** The script behind a package's command, so that it runs on this very Node and needs no shell. */
export function binOf(workspacePackage: string, name: string): string {
  const require = createRequire(path.join(repository, workspacePackage, "package.json"));
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | Record<string, string> };
  return path.join(path.dirname(manifest), typeof bin === "string" ? bin : (bin[name] ?? ""));
}

/** A port nobody listens on now: the wanted one, else any. */
export async function freePort(wanted = 0): Promise<number> {
  const port = await tryPort(wanted).catch(() => null);
  return port ?? tryPort(0);
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no free port"))));
    });
  });
}
