import { expect, test } from "vitest";
import { houseOf } from "../house/house.ts";
import { findingsOf } from "../testing/fixture.ts";
import { env } from "./env.ts";

const CODE = "const schema = z.object({ DATABASE_URL: z.url() });\nexport const env = () => schema.parse(process.env);\n";
const EXAMPLE = "# Where the ledger lives, as a Postgres URL.\nDATABASE_URL=\n";

function house(code: string, example: string): ReturnType<typeof houseOf> {
  return houseOf({ "apps/web/src/env.ts": code, ".env.example": example });
}

test("a variable that is read and explained passes", async () => {
  expect(await findingsOf(env, house(CODE, EXAMPLE))).toEqual([]);
});

test("a variable that is read and not explained fails", async () => {
  expect(await findingsOf(env, house(CODE.replace("})", ", MONGO_URL: z.url() })"), EXAMPLE))).toEqual([
    "apps/web/src/env.ts: reads MONGO_URL, which .env.example does not explain",
  ]);
});

test("process.env.NAME counts in tooling too", async () => {
  const tree = houseOf({ "apps/web/src/env.ts": CODE, ".env.example": EXAMPLE, "tooling/stack/src/a.ts": 'process.env["CHROMIUM_PATH"]' });
  expect(await findingsOf(env, tree)).toEqual(["tooling/stack/src/a.ts: reads CHROMIUM_PATH, which .env.example does not explain"]);
});

test("a variable that is explained and not read fails, also when it is optional", async () => {
  expect(await findingsOf(env, house(CODE, `${EXAMPLE}# A relic.\n# OLD_URL=\n`))).toEqual([
    ".env.example: explains OLD_URL, which no code reads",
  ]);
});

test("a variable without a sentence fails", async () => {
  expect(await findingsOf(env, house(CODE, "DATABASE_URL=\n"))).toEqual([".env.example: DATABASE_URL has no sentence above it"]);
});

test("no example file at all fails", async () => {
  expect(await findingsOf(env, houseOf({ "apps/web/src/env.ts": CODE }))).toEqual([".env.example: is missing"]);
});
