import { describe, expect, test } from "vitest";
import { findingsOf, houseOnDisk, manifest } from "../testing/fixture.ts";
import { boundaries } from "./boundaries.ts";
import { format } from "./format.ts";
import { types } from "./types.ts";
import { unused } from "./unused.ts";

/** These gates start the real tool on a small repository with the real configuration. */
const TIMEOUT_MS = 30_000;

describe("format", { timeout: TIMEOUT_MS }, () => {
  test("biome's own layout passes", async () => {
    expect(await findingsOf(format, houseOnDisk({ "packages/a/src/a.ts": "export const a = 1;\n" }))).toEqual([]);
  });

  test("another layout fails", async () => {
    expect(await findingsOf(format, houseOnDisk({ "packages/a/src/a.ts": "export const a   = 1\n" }))).toEqual([
      "packages/a/src/a.ts: is not laid out as biome would",
    ]);
  });

  test("imports out of order fail", async () => {
    const text = 'import { b } from "./b.ts";\nimport { a } from "./a.ts";\n\nexport { a, b };\n';
    expect(await findingsOf(format, houseOnDisk({ "packages/a/src/index.ts": text }))).toEqual([
      expect.stringMatching(/^packages\/a\/src\/index\.ts: assist\/source\/organizeImports/),
    ]);
  });
});

describe("types", { timeout: TIMEOUT_MS }, () => {
  const tsconfig = JSON.stringify({ extends: "../../tooling/tsconfig/base.json", include: ["src"] });

  test("a package that compiles passes", async () => {
    expect(
      await findingsOf(types, houseOnDisk({ "packages/a/tsconfig.json": tsconfig, "packages/a/src/a.ts": "export const a = 1;\n" })),
    ).toEqual([]);
  });

  test("a type error fails", async () => {
    const house = houseOnDisk({ "packages/a/tsconfig.json": tsconfig, "packages/a/src/a.ts": 'export const a: number = "1";\n' });
    expect(await findingsOf(types, house)).toEqual(["packages/a/src/a.ts: TS2322: Type 'string' is not assignable to type 'number'."]);
  });

  test("an enum fails: Node strips types, it does not compile them", async () => {
    const house = houseOnDisk({ "packages/a/tsconfig.json": tsconfig, "packages/a/src/a.ts": "export enum A {\n  B,\n}\n" });
    expect(await findingsOf(types, house)).toEqual([expect.stringContaining("TS1294")]);
  });

  test("a file that no tsconfig includes fails", async () => {
    const house = houseOnDisk({
      "packages/a/tsconfig.json": tsconfig,
      "packages/a/src/a.ts": "export const a = 1;\n",
      "packages/a/scripts/b.ts": "export const b = 1;\n",
    });
    expect(await findingsOf(types, house)).toEqual(["packages/a/scripts/b.ts: belongs to no tsconfig.json, so nothing checks its types"]);
  });
});

describe("boundaries", { timeout: TIMEOUT_MS }, () => {
  const twoPackages = (tag: string, text: string): Record<string, string> => ({
    "packages/campaign/package.json": manifest("@herald/campaign", { dependencies: { "@herald/other": "workspace:*" } }),
    "packages/campaign/turbo.json": JSON.stringify({ extends: ["//"], tags: ["domain"] }),
    "packages/campaign/src/index.ts": text,
    "packages/other/package.json": manifest("@herald/other"),
    "packages/other/turbo.json": JSON.stringify({ extends: ["//"], tags: [tag] }),
    "packages/other/src/index.ts": "export const other = 1;\n",
  });
  const LAWFUL = 'export { other } from "@herald/other";\n';

  test("a dependency that the tags allow passes", async () => {
    expect(await findingsOf(boundaries, houseOnDisk(twoPackages("kernel", LAWFUL)))).toEqual([]);
  });

  test("a dependency that the tags forbid fails", async () => {
    expect(await findingsOf(boundaries, houseOnDisk(twoPackages("adapter", LAWFUL)))).toEqual([
      expect.stringContaining("Package `@herald/other` found without any tag listed in allowlist"),
    ]);
  });

  test("an import that leaves its package by path fails", async () => {
    expect(await findingsOf(boundaries, houseOnDisk(twoPackages("kernel", 'export { other } from "../../other/src/index.ts";\n')))).toEqual(
      ["packages/campaign/src/index.ts: import `../../other/src/index.ts` leaves the package"],
    );
  });
});

describe("unused", { timeout: TIMEOUT_MS }, () => {
  const A = {
    "packages/a/package.json": manifest("@herald/a"),
    "packages/a/src/index.ts": 'export { a } from "./a.ts";\n',
    "packages/a/src/a.ts": "export const a = 1;\n",
  };
  const USER = {
    "apps/b/package.json": manifest("@herald/b", { dependencies: { "@herald/a": "workspace:*" } }),
    "apps/b/src/main.ts": 'import { a } from "@herald/a";\n\na.toFixed();\n',
  };
  const small = (files: Record<string, string>): ReturnType<typeof houseOnDisk> => houseOnDisk({ ...A, ...USER, ...files });

  test("what is used passes", async () => {
    expect(await findingsOf(unused, small({}))).toEqual([]);
  });

  test("a file that nobody imports fails", async () => {
    expect(await findingsOf(unused, small({ "packages/a/src/b.ts": "export const b = 1;\n" }))).toEqual([
      "packages/a/src/b.ts: nobody imports this file",
    ]);
  });

  test("an export that nobody uses fails", async () => {
    expect(await findingsOf(unused, small({ "packages/a/src/a.ts": "export const a = 1;\nexport const b = 2;\n" }))).toEqual([
      "packages/a/src/a.ts: b: exported, used nowhere else",
    ]);
  });

  test("an export that only its package's barrel passes on fails", async () => {
    const files = {
      "packages/a/src/index.ts": 'export { a, b } from "./a.ts";\n',
      "packages/a/src/a.ts": "export const a = 1;\nexport const b = 2;\n",
    };
    expect(await findingsOf(unused, small(files))).toContain("packages/a/src/index.ts: b: exported, used nowhere else");
  });

  test("a dependency that nobody uses fails", async () => {
    const files = { "packages/a/package.json": manifest("@herald/a", { dependencies: { "left-pad": "catalog:" } }) };
    expect(await findingsOf(unused, small(files))).toContain("packages/a/package.json: left-pad: declared as a dependency, used nowhere");
  });
});
