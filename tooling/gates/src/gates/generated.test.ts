import { expect, test } from "vitest";
import { GENERATORS } from "../generate/generators.ts";
import { type House, houseOf } from "../house/house.ts";
import { findingsOf, manifest } from "../testing/fixture.ts";
import { generated } from "./generated.ts";

const SOURCES = {
  "turbo.json": "{}\n",
  "ARCHITECTURE.md": "# Map\n\n<!-- law:begin (pnpm generate) -->\n<!-- law:end -->\n\nThe end.\n",
  "packages/kernel/package.json": manifest("@herald/kernel"),
};

/** What `pnpm generate` would leave behind. */
async function generatedFiles(): Promise<Record<string, string>> {
  const outputs = await Promise.all(GENERATORS.map(async (generator) => [...(await generator.outputs(houseOf(SOURCES)))]));
  return { ...SOURCES, ...Object.fromEntries(outputs.flat()) };
}

const house = async (change: (files: Record<string, string>) => void): Promise<House> => {
  const files = await generatedFiles();
  change(files);
  return houseOf(files);
};

test("freshly generated files pass, and the text around a generated block is left alone", async () => {
  expect(await findingsOf(generated, await house(() => undefined))).toEqual([]);
  expect((await generatedFiles())["ARCHITECTURE.md"]).toMatch(/^# Map\n[\s\S]*\| kernel \|[\s\S]*\nThe end\.\n$/);
});

test("a generated file that was edited by hand fails", async () => {
  const edited = await house((files) => {
    files["packages/kernel/turbo.json"] = '{ "extends": ["//"], "tags": ["domain"] }\n';
  });
  expect(await findingsOf(generated, edited)).toEqual(["packages/kernel/turbo.json: is not what its generator writes"]);
});

test("a generated file that is missing fails", async () => {
  const without = await house((files) => {
    delete files["packages/kernel/turbo.json"];
  });
  expect(await findingsOf(generated, without)).toEqual(["packages/kernel/turbo.json: was never generated"]);
});

test("a map that lost its generated block fails", async () => {
  const lost = await house((files) => {
    files["ARCHITECTURE.md"] = "# Map\n";
  });
  expect(await findingsOf(generated, lost)).toEqual(["ARCHITECTURE.md: is not what its generator writes"]);
});
