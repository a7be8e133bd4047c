import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type OnProgress, spawnProcess } from "@herald/stack";
import { binOf, repository } from "./places.ts";

const skipped = new Set(["node_modules", ".next", ".turbo", "dist", "histories"]);

/** Builds the web app for production, only when a source changed since the last build. The build needs no environment. */
export async function buildWeb(stateDir: string, onProgress: OnProgress): Promise<void> {
  const stamp = path.join(repository, "apps/web/.next/herald-sources");
  const sources = hashSources(["apps/web", "packages", "pnpm-lock.yaml"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  const startedMs = performance.now();
  onProgress({ subject: "web", message: "building for production", elapsedMs: 0 });
  const build = await spawnProcess({
    name: "web-build",
    command: process.execPath,
    args: [binOf("apps/web", "next"), "build"],
    cwd: path.join(repository, "apps/web"),
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    stateDir,
  });
  const exit = await build.exited;
  if (exit.code !== 0) throw new Error(`next build failed. The end of its log (${build.logFile}):\n${build.logTail(40)}`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, sources);
  onProgress({ subject: "web", message: "built", elapsedMs: performance.now() - startedMs });
}

/** Path, size and time of change of every source file: enough to know that a build is stale. */
function hashSources(roots: readonly string[]): string {
  const hash = createHash("sha256");
  const walk = (place: string): void => {
    const stat = statSync(place);
    if (!stat.isDirectory()) {
      hash.update(`${path.relative(repository, place)} ${stat.size} ${stat.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(place).toSorted()) if (!skipped.has(name)) walk(path.join(place, name));
  };
  for (const root of roots) walk(path.join(repository, root));
  return hash.digest("hex");
}
