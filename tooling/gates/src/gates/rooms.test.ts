import { expect, test } from "vitest";
import { houseOf } from "../house/house.ts";
import { findingsOf } from "../testing/fixture.ts";
import { declaring, wholeHouse } from "../testing/whole-house.ts";
import { rooms } from "./rooms.ts";

/** What the gate says about one planted file, in a house whose map is otherwise right. */
async function plant(path: string, text: string, more: Record<string, string> = {}): Promise<string[]> {
  return findingsOf(rooms, wholeHouse({ [path]: text, ...more }));
}

test("a lawful house with a true map passes", async () => {
  expect(await findingsOf(rooms, wholeHouse())).toEqual([]);
});

test.each([
  ["packages/campaign/src/a.ts", 'import type { Outcome } from "@herald/provider";'],
  ["packages/campaign/src/a.ts", 'import { z } from "zod";\nimport { ok } from "@herald/kernel";'],
  ["packages/postgres/src/a.ts", 'import type { Ledger } from "@herald/campaign";\nimport pg from "pg";\nimport fs from "node:fs";'],
  [
    "packages/workflows/src/a.ts",
    'import type * as activities from "@herald/activities";\nimport { queue } from "@herald/temporal/contract";',
  ],
  ["apps/web/src/container.ts", 'import { ledger } from "@herald/postgres";'],
  ["apps/web/src/container/ledger.ts", 'import { ledger } from "@herald/postgres";'],
  ["apps/web/src/doors/a.ts", 'import type { Pool } from "@herald/postgres";'],
  [
    "apps/web/src/app/api/x/route.ts",
    'import { door } from "../../../doors/door.ts";\nimport { submit } from "@herald/campaign";\nimport { Body } from "./body.ts";',
  ],
  ["packages/campaign/src/a.test.ts", 'import fs from "node:fs";\nimport { test } from "vitest";'],
])("%s may say %s", async (path, text) => {
  expect(await plant(path, text)).toEqual([]);
});

test.each([
  ["packages/kernel/src/a.ts", 'import fs from "node:fs";', "@herald/kernel is pure: node:fs is Node"],
  ["packages/kernel/src/a.ts", 'import fs from "fs";', "@herald/kernel is pure: fs is Node"],
  ["packages/kernel/src/a.ts", 'const fs = require("node:fs");', "@herald/kernel is pure: node:fs is Node"],
  ["packages/kernel/src/a.ts", 'const fs = await import("node:fs");', "@herald/kernel is pure: node:fs is Node"],
  ["packages/kernel/src/a.ts", 'type Stats = import("node:fs").Stats;', "@herald/kernel is pure: node:fs is Node"],
  ["packages/campaign/src/a.ts", 'import { send } from "@herald/provider";', "domain code may name only types of @herald/provider"],
  ["packages/campaign/src/a.ts", 'import { type Outcome } from "@herald/provider";', "domain code may name only types of @herald/provider"],
  ["packages/campaign/src/a.ts", 'export * from "@herald/provider";', "domain code may name only types of @herald/provider"],
  ["packages/campaign/src/a.ts", 'import pg from "pg";', "domain code may use zod, temporal-polyfill only"],
  ["packages/campaign/src/a.ts", 'import x from "left-pad";', "domain code may use zod, temporal-polyfill only"],
  ["apps/worker/src/a.ts", 'import x from "left-pad";', "left-pad is not declared"],
  ["apps/worker/src/a.ts", 'import { test } from "vitest";', "vitest is a devDependency, this is product code"],
  ["packages/campaign/src/a.ts", 'import { x } from "../../kernel/src/index.ts";', "the path leaves @herald/campaign"],
  ["packages/campaign/src/a.ts", 'import { x } from "@/kernel";', "path aliases hide which room a file is in"],
  ["packages/campaign/src/a.ts", 'import { x } from "@herald/kernel/src/result.ts";', '@herald/kernel exports no "./src/result.ts"'],
  ["packages/postgres/src/a.ts", 'import { submit } from "@herald/campaign";', "adapter code may name only types of @herald/campaign"],
  ["packages/provider-meta/src/a.ts", 'import { conform } from "@herald/provider/testing";', "a conformance suite is for tests"],
  [
    "packages/workflows/src/a.ts",
    'import * as activities from "@herald/activities";',
    "workflows code may name only types of @herald/activities",
  ],
  [
    "packages/temporal/src/contract/a.ts",
    'import { Client } from "@temporalio/client";',
    "the contract is bundled into workflow code: names and shapes, no SDK, no zod, no Node",
  ],
  ["apps/web/src/doors/a.ts", 'import { ledger } from "@herald/postgres";', "adapters are chosen in the composition root only"],
  ["apps/worker/src/a.ts", 'import { send } from "@herald/provider-meta";', "adapters are chosen in the composition root only"],
  [
    "apps/web/src/app/api/x/route.ts",
    'import { c } from "../../../container.ts";',
    "a route is a declaration: the door wrapper, one verb and its schemas",
  ],
  [
    "apps/web/src/app/api/x/route.ts",
    'import type { Pool } from "@herald/postgres";',
    "a route is a declaration: the door wrapper, one verb and its schemas",
  ],
  ["apps/web/src/features/a/x.tsx", 'import { y } from "../b/y.tsx";', "features never import each other"],
  ["apps/web/src/doors/a.ts", 'import { y } from "../features/b/y.tsx";', "a door knows no screen"],
])("%s may not say %s", async (path, text, why) => {
  const specifier = /["']([^"']+)["']/.exec(text)?.[1] ?? "";
  expect(await plant(path, text)).toContain(`${path}: imports "${specifier}": ${why}`);
});

test.each([
  ["@herald/campaign", "@herald/contacts", "domain code may not know @herald/contacts"],
  ["@herald/postgres", "@herald/mongo", "adapter code may not know @herald/mongo"],
  ["@herald/simulator", "@herald/provider", "simulator code may not know @herald/provider"],
  ["@herald/web", "@herald/workflows", "app code may not know @herald/workflows"],
  ["@herald/activities", "@herald/postgres", "activities code may not know @herald/postgres"],
  ["@herald/worker", "@herald/testkit", "the product never imports tooling"],
])("%s may not know %s, even declared and by type", async (from, to, why) => {
  const folder = /(?:web|worker|simulator)$/.test(from) ? "apps" : "packages";
  const path = `${folder}/${from.replace("@herald/", "")}/src/a.ts`;
  const found = await plant(path, `import type { X } from "${to}";`, declaring(from, to));
  expect(found.some((line) => line.startsWith(`${path}: imports "${to}": ${why}`))).toBe(true);
});

test("zod that reaches the workflow bundle through a domain's barrel fails, with the way it came", async () => {
  const found = await plant("packages/workflows/src/a.ts", 'import { isDrained } from "@herald/campaign";', {
    "packages/campaign/src/index.ts": 'export * from "./schemas.ts";\nexport type { T } from "./types.ts";',
    "packages/campaign/src/schemas.ts": 'import { z } from "zod";',
    "packages/campaign/src/types.ts": 'import { z } from "zod";',
  });
  expect(found).toEqual([
    'packages/campaign/src/schemas.ts: "zod" reaches the workflow bundle through packages/workflows/src/a.ts > packages/campaign/src/index.ts > packages/campaign/src/schemas.ts',
  ]);
});

test("a package without a place in the law fails", async () => {
  expect(await plant("packages/shared/package.json", JSON.stringify({ name: "@herald/shared" }))).toEqual([
    "packages/shared/package.json: @herald/shared has no place in the law",
  ]);
});

test("a law for a package that is gone fails", async () => {
  const without = wholeHouse();
  const texts = Object.fromEntries(
    without.files.filter((path) => !path.startsWith("packages/mongo/")).map((path) => [path, without.read(path)]),
  );
  expect(await findingsOf(rooms, houseOf(texts))).toContain("tooling/gates/src/rooms/law.ts: names @herald/mongo, which does not exist");
});

test("a circle of packages fails", async () => {
  expect(await plant("packages/kernel/src/a.ts", "", declaring("@herald/kernel", "@herald/campaign"))).toContain(
    "packages/kernel/package.json: @herald/kernel depends on itself through others",
  );
});

test("a map that shows another graph fails, naming the row both ways", async () => {
  const stale = wholeHouse().read("ARCHITECTURE.md");
  const found = await findingsOf(rooms, wholeHouse({ "packages/campaign/src/a.ts": 'import { ok } from "@herald/kernel";' }, stale));
  expect(found).toEqual([
    "ARCHITECTURE.md: rooms table differs: - | campaign | – | – | – |",
    "ARCHITECTURE.md: rooms table differs: + | campaign | kernel | – | – |",
  ]);
});

test("a map without a table fails", async () => {
  expect(await findingsOf(rooms, wholeHouse({}, "# Map\n"))).toEqual(["ARCHITECTURE.md: has no rooms table between its markers"]);
});
