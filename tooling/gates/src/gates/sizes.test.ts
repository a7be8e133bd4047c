import { expect, test } from "vitest";
import { houseOf } from "../house/house.ts";
import { sizes } from "./sizes.ts";

const lines = (count: number): string => "export {};\n".repeat(count);

test("a file of 401 lines fails, one of 400 is only warned about, one of 250 is silent", async () => {
  const verdict = await sizes.run(houseOf({ "a.ts": lines(401), "b.sql": lines(400), "c.tsx": lines(250) }));
  expect(verdict.findings.map((finding) => finding.path)).toEqual(["a.ts"]);
  expect(verdict.warnings?.map((finding) => finding.path)).toEqual(["b.sql"]);
});

test("generated files and recorded histories may be long", async () => {
  const verdict = await sizes.run(houseOf({ "a.generated.ts": lines(900), "packages/workflows/histories/a.ts": lines(900), "b.ts": "" }));
  expect(verdict.findings).toEqual([]);
  expect(verdict.checked).toBe(1);
});
