import { expect, test } from "vitest";
import { type House, houseOf } from "../house/house.ts";
import { findingsOf, manifest } from "../testing/fixture.ts";
import { docs } from "./docs.ts";

const GLOSSARY = "| concept | tables |\n|---|---|\n| ledger | `campaign_messages` |\n";

const STEPS = ["1.sql", "2.sql", "1.sql", "2.sql", "1.sql"].map(
  (file, index) => `${index + 1}. \`supabase/migrations/${file}\` — it moves on.`,
);
const WALKS = ["## An address, from the CSV to the provider", ...STEPS, "## A receipt, from the webhook to the counters", ...STEPS].join(
  "\n",
);

function house(readme: string, more: Readonly<Record<string, string>> = {}): House {
  return houseOf({
    "README.md": readme,
    "ARCHITECTURE.md": "# The map\n",
    "CONTRIBUTING.md": "# How\n",
    "docs/walks.md": WALKS,
    "docs/glossary.md": GLOSSARY,
    ".ci/run": "npx -y pnpm@12.21.0 test",
    "package.json": JSON.stringify({ name: "herald", scripts: { test: "x" }, devDependencies: { vitest: "catalog:" } }),
    "packages/kernel/package.json": manifest("@herald/kernel"),
    "packages/kernel/src/result.ts": "",
    "supabase/migrations/1.sql": "create table public.campaign_messages (id uuid);",
    "supabase/migrations/2.sql": "",
    ...more,
  });
}

test.each([
  "see `packages/kernel/src/result.ts`, `packages/kernel`, `packages/*/src`, `packages/**/result.ts`, `packages/kernel/src/**/*.ts`, `packages/<name>/src`, `packages/{kernel,other}/src`, `result.ts` and `@herald/kernel`",
  "run `npx -y pnpm@12.21.0 test`, `pnpm test --watch`, `pnpm --filter @herald/kernel install`, `npx vitest`",
  "[the map](ARCHITECTURE.md), [its head](ARCHITECTURE.md#the-map), [outside](https://example.com), [here](#here)\n# Here",
  "`/api/webhooks/whatsapp` is a door, `application/json` a type, `and/or` a word",
  "```sh\npnpm test # all\n```\n```ts\nimport x from 'packages/nowhere';\n```",
])("%s passes", async (readme) => {
  expect(await findingsOf(docs, house(readme))).toEqual([]);
});

test.each([
  ["see `packages/kernel/src/gone.ts`", "names `packages/kernel/src/gone.ts`, but there is no such path"],
  ["see `gone.ts`", "names `gone.ts`, but no file is called that"],
  ["see `@herald/gone`", "names `@herald/gone`, but there is no such package"],
  ["see `@herald/kernel/inner`", "names `@herald/kernel/inner`, but the package has no such export"],
  ["[x](docs/gone.md)", "links to docs/gone.md, which does not exist"],
  ["[x](ARCHITECTURE.md#gone)", "links to ARCHITECTURE.md#gone, but ARCHITECTURE.md has no such heading"],
  ["run `pnpm gone`", '`pnpm gone` names no script of herald: "gone"'],
  ["```sh\npnpm gone\n```", '`pnpm gone` names no script of herald: "gone"'],
  ["run `npx -y pnpm@11.0.0 test`", "`npx -y pnpm@11.0.0 test` uses pnpm 11.0.0, .ci/run uses 12.21.0"],
  ["run `npx gone`", '`npx gone` names a program nobody here depends on: "gone"'],
  ["run `pnpm --filter @herald/gone test`", "`pnpm --filter @herald/gone test` names no package of this workspace (@herald/gone)"],
  ["```sh\nnode packages/kernel/src/gone.ts\n```", "names `packages/kernel/src/gone.ts`, but there is no such path"],
])("%s fails", async (readme, what) => {
  expect(await findingsOf(docs, house(readme))).toContain(`README.md: ${what}`);
});

test("a table that no migration creates fails in the glossary", async () => {
  expect(await findingsOf(docs, house("", { "docs/glossary.md": GLOSSARY.replace("campaign_messages", "gone") }))).toEqual([
    "docs/glossary.md: names the table `gone`, which no migration creates",
  ]);
});

test.each([
  ["2. `supabase/migrations/2.sql`", "2. `supabase/migrations/9.sql`", "step 2 does not begin with a file that exists"],
  ["2. `supabase/migrations/2.sql`", "2. `supabase/migrations`", "step 2 does not begin with a file that exists"],
  ["2. `supabase/migrations/2.sql`", "2. `supabase/migrations/1.sql`", "step 2 is the same file as the one before"],
  ["2. `supabase/migrations/2.sql`", "4. `supabase/migrations/2.sql`", "step 4 should be number 2"],
  ["## An address, from the CSV to the provider", "## Elsewhere", 'the walk "An address, from the CSV to the provider" has 0 steps'],
])("a walk in which %s became %s fails", async (right, wrong, what) => {
  expect(await findingsOf(docs, house("", { "docs/walks.md": WALKS.replace(right, wrong) }))).toContain(`docs/walks.md: ${what}`);
});

test("a document that every newcomer needs may not be missing", async () => {
  expect(await findingsOf(docs, houseOf({ "README.md": "" }))).toContain("docs/walks.md: is missing");
});
