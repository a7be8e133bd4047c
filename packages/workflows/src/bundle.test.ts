import { builtinModules } from "node:module";
import { beforeAll, expect, test } from "vitest";
import { bundleWorkflows } from "./testing/bundle.ts";

let modules: readonly string[];
let bytes: number;
beforeAll(async () => {
  const { code } = await bundleWorkflows();
  bytes = code.length;
  modules = [...code.matchAll(/^ {2}!\*{3} (\S+) \*{3}!$/gm)].map(([, path]) => path ?? "");
}, 30_000);

test("the bundle holds workflow code, pure files and the SDK, and nothing else", () => {
  expect(modules.length).toBeGreaterThan(50);
  const ours = modules.filter((path) => !path.includes("node_modules")).map((path) => path.replace(/^.*packages\//, ""));
  expect(ours.filter((path) => !/^(?:workflows|temporal)\/src\/|^campaign\/src\/dispatch\/plan\.ts$/.test(path))).toEqual([]);
  expect(ours.filter((path) => /^temporal\/src\/(?!contract\/|codec\/failure-converter\.ts$)/.test(path))).toEqual([]);
  const libraries = new Set(modules.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  expect([...libraries].filter((name) => !name.startsWith("@temporalio/") && !sdkLibraries.has(name))).toEqual([]);
  expect(modules.filter((path) => path.startsWith("node:") || builtinModules.includes(path))).toEqual([]);
});

test("the bundle stays small: each cached workflow of a worker shares it", () => {
  expect(bytes).toBeLessThan(2_500_000);
});

/** What the Temporal SDK itself brings along. */
const sdkLibraries = new Set(["long", "ms", "nexus-rpc", "protobufjs"]);
