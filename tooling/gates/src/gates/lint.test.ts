import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../house/tool.ts";
import { findingsOf, houseOnDisk } from "../testing/fixture.ts";
import { lint } from "./lint.ts";

const TIMEOUT_MS = 30_000;

/** Folder, code, and the rule that must speak. */
const FAULTS = [
  ["packages/kernel/src", "export const a: any = 1;", "typescript(no-explicit-any)"],
  ["packages/kernel/src", "export async function a(): Promise<void> {}\na();", "typescript(no-floating-promises)"],
  ["packages/kernel/src", "const a = 1;\nexport {};", "eslint(no-unused-vars)"],
  ["packages/kernel/src", 'console.log("a");', "eslint(no-console)"],
  ["packages/kernel/src", "export const a = process.pid;", "eslint(no-restricted-globals)"],
  ["packages/kernel/src", 'import fs from "node:fs";\nexport { fs };', "import(no-nodejs-modules)"],
  ["packages/kernel/src", "// oxlint-disable-next-line no-debugger -- there is none\nexport const a = 1;", "oxlint"],
  ["packages/kernel/src", "// @ts-ignore\nexport const a = 1;", "typescript(ban-ts-comment)"],
  ["packages/redis/src", 'export const a = process.env["URL"];', "eslint(no-restricted-properties)"],
  ["packages/campaign/src", 'import { x } from "@herald/postgres";\nexport { x };', "eslint(no-restricted-imports)"],
  ["packages/campaign/src", 'import { x } from "@herald/provider";\nexport { x };', "eslint(no-restricted-imports)"],
  ["packages/workflows/src", 'import { x } from "@herald/temporal/client";\nexport { x };', "eslint(no-restricted-imports)"],
  ["packages/workflows/src", 'import { x } from "@herald/activities";\nexport { x };', "eslint(no-restricted-imports)"],
  [
    "packages/workflows/src",
    "export async function a(): Promise<string> {\n  return crypto.randomUUID();\n}",
    "temporal(workflow-no-crypto-random-uuid)",
  ],
  [
    "packages/workflows/src",
    "export async function a(): Promise<void> {\n  setInterval(() => undefined, 5);\n}",
    "temporal(workflow-no-setinterval)",
  ],
  [
    "packages/workflows/src",
    "export async function a(): Promise<number> {\n  if (Math.random() > 0.5) return 1;\n  return 2;\n}",
    "temporal(workflow-no-nondeterministic-control-flow)",
  ],
  [
    "packages/workflows/src",
    'import { proxyActivities } from "@temporalio/workflow";\nexport const a = proxyActivities({});',
    "temporal(workflow-require-activity-timeouts)",
  ],
] as const;

/** Files that must stay silent under the same rules. */
const LAWFUL = [
  ["apps/web/src/env.ts", 'export const a = process.env["URL"];'],
  ["packages/campaign/src/a.ts", 'import type { X } from "@herald/provider";\nexport type { X };'],
  ["packages/workflows/src/a.ts", 'import { x } from "@herald/temporal/contract";\nexport { x };'],
  ["packages/kernel/src/a.test.ts", 'import { readFileSync } from "node:fs";\nexport const a = readFileSync("x");'],
] as const;

const fileOf = (index: number): string => `${FAULTS[index]?.[0]}/fault-${index}.ts`;

let found: Promise<string[]> | undefined;

/** All faults are planted in one repository and oxlint runs once over it, with the root's own rules. */
function findings(): Promise<string[]> {
  found ??= findingsOf(
    lint,
    houseOnDisk({
      "oxlint.config.ts": `export { default } from ${JSON.stringify(join(REPOSITORY, "oxlint.config.ts"))};\n`,
      "tsconfig.json": JSON.stringify({ extends: "./tooling/tsconfig/node.json", include: ["packages", "apps"] }),
      ...Object.fromEntries(FAULTS.map(([, text], index) => [fileOf(index), `${text}\n`])),
      ...Object.fromEntries(LAWFUL.map(([path, text]) => [path, `${text}\n`])),
    }),
  );
  return found;
}

test.each(FAULTS.map((fault, index) => [...fault, fileOf(index)] as const))(
  "in %s, %s fails by %s",
  { timeout: TIMEOUT_MS },
  async (_folder, _text, rule, path) => {
    expect(await findings()).toContainEqual(expect.stringContaining(`${path}: ${rule}`));
  },
);

test.each(LAWFUL)("%s may say %s", { timeout: TIMEOUT_MS }, async (path) => {
  expect((await findings()).filter((line) => line.startsWith(path))).toEqual([]);
});
