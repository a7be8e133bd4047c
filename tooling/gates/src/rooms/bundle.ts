import { isBuiltin } from "node:module";
import type { Finding } from "../gate.ts";
import type { WorkspacePackage } from "../house/packages.ts";
import { relativeTarget, type SourceFile } from "./files.ts";
import { packageName } from "./law.ts";

/** Third-party modules a workflow bundle may hold. One zod import alone takes it from 1.5 MB to 2.6 MB. */
const BUNDLED = new Set(["@temporalio/workflow"]);

/**
 * Follows the value imports of packages/workflows into every file they reach, domains included, and refuses what must not
 * be bundled: Node, zod, any SDK. The room's law cannot see this, since a barrel of a domain may drag its schemas along.
 */
export function judgeWorkflowBundle(files: readonly SourceFile[], packages: readonly WorkspacePackage[]): Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reachedFrom = new Map<string, string>();
  const queue = files.filter((file) => file.room.name === "@herald/workflows" && !file.isTest).map((file) => file.path);
  for (const path of queue) reachedFrom.set(path, "");
  const findings: Finding[] = [];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const found of byPath.get(path)?.imports ?? []) {
      if (found.typeOnly) continue;
      const target = resolve(path, found.specifier, packages);
      if (target === undefined) {
        if (!BUNDLED.has(packageName(found.specifier)) || isBuiltin(found.specifier))
          findings.push(leak(path, found.line, found.specifier, reachedFrom));
      } else if (!reachedFrom.has(target)) {
        reachedFrom.set(target, path);
        queue.push(target);
      }
    }
  }
  return findings;
}

/** File that a relative path or a package of the workspace leads to; undefined for everything outside. */
function resolve(from: string, specifier: string, packages: readonly WorkspacePackage[]): string | undefined {
  const name = packageName(specifier);
  return (
    relativeTarget(from, specifier) ??
    packages.find((candidate) => candidate.name === name)?.exports.get(`.${specifier.slice(name.length)}`)
  );
}

function leak(path: string, line: number, specifier: string, reachedFrom: ReadonlyMap<string, string>): Finding {
  const chain = [path];
  for (let from = reachedFrom.get(path); from !== undefined && from !== ""; from = reachedFrom.get(from)) chain.unshift(from);
  return {
    path,
    line,
    what: `"${specifier}" reaches the workflow bundle through ${chain.join(" > ")}`,
    fix: "import the pure file by a subpath of its own, or make the import a type",
  };
}
