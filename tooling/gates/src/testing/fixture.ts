import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Finding, Gate } from "../gate.ts";
import { type House, houseAt } from "../house/house.ts";
import { REPOSITORY } from "../house/tool.ts";

/** The root configuration that the tools read, as it stands: a gate is tested with the rules it runs with. */
const CONFIGURATION = ["biome.json", "knip.jsonc", "turbo.json", "tooling/tsconfig/base.json", "tooling/tsconfig/node.json"];

const BASE: Readonly<Record<string, string>> = {
  ".gitignore": "node_modules\n",
  "package.json": `${JSON.stringify({ name: "herald", type: "module", devEngines: { packageManager: { name: "pnpm", version: "^12.21.0", onFail: "ignore" } } }, null, 2)}\n`,
  "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
  "pnpm-lock.yaml": "lockfileVersion: '9.0'\nimporters:\n  .: {}\n",
};

/** A small repository on disk, for gates that start a tool. It is gone when the test is over. */
export function houseOnDisk(files: Readonly<Record<string, string>>): House {
  const root = mkdtempSync(join(tmpdir(), "herald-gate-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of CONFIGURATION) cpSync(join(REPOSITORY, path), join(root, path));
  for (const [path, text] of Object.entries({ ...BASE, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  return houseAt(root);
}

/** A package.json of one line. */
export function manifest(name: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ name, version: "0.0.0", type: "module", exports: { ".": "./src/index.ts" }, ...more });
}

/** What a gate finds, as "path: what". */
export async function findingsOf(gate: Gate, house: House): Promise<string[]> {
  const verdict = await gate.run(house);
  return verdict.findings.map((finding: Finding) => `${finding.path}: ${finding.what}`);
}
