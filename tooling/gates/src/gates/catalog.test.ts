import { expect, test } from "vitest";
import { houseOf } from "../house/house.ts";
import { findingsOf, manifest } from "../testing/fixture.ts";
import { catalog } from "./catalog.ts";

function house(dependencies: Record<string, string>, version = "1.2.3"): ReturnType<typeof houseOf> {
  return houseOf({
    "pnpm-workspace.yaml": `packages:\n  - packages/*\n\ncatalog:\n  zod: ${version}\n\nother: 1\n`,
    "packages/a/package.json": manifest("@herald/a", { dependencies }),
    "packages/b/package.json": manifest("@herald/b"),
  });
}

test("catalog and workspace specifiers pass", async () => {
  expect(await findingsOf(catalog, house({ zod: "catalog:", "@herald/b": "workspace:*" }))).toEqual([]);
});

test("a version in a package.json fails", async () => {
  expect(await findingsOf(catalog, house({ zod: "^4.0.0" }))).toEqual(['packages/a/package.json: zod is "^4.0.0"']);
});

test("a workspace package that is not `workspace:*` fails", async () => {
  expect(await findingsOf(catalog, house({ "@herald/b": "catalog:" }))).toEqual(['packages/a/package.json: @herald/b is "catalog:"']);
});

test("a range in the catalog fails", async () => {
  expect(await findingsOf(catalog, house({ zod: "catalog:" }, "^1.2.3"))).toEqual(['pnpm-workspace.yaml: zod is "^1.2.3"']);
});
