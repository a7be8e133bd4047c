import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { House } from "../house/house.ts";
import { houseOf } from "../house/house.ts";
import { manifest } from "../testing/fixture.ts";
import { notReady } from "./ready.ts";

const INSTALLED = { "pnpm-lock.yaml": "a", "node_modules/.pnpm/lock.yaml": "a", "packages/a/node_modules/zod/package.json": "{}" };

function checkout(files: Readonly<Record<string, string>>): House {
  const root = mkdtempSync(join(tmpdir(), "herald-ready-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { ...houseOf({ "packages/a/package.json": manifest("@herald/a", { dependencies: { zod: "catalog:" } }) }), root };
}

test("an install in step with the lockfile is ready", () => {
  expect(notReady(checkout(INSTALLED), "24.1.0")).toBeUndefined();
});

test("an old Node is named, with the way to the right one", () => {
  expect(notReady(checkout(INSTALLED), "20.20.2")).toMatch(/this is Node 20\.20\.2, the tests need 24/);
});

test("nothing installed is named", () => {
  expect(notReady(checkout({ "pnpm-lock.yaml": "a" }), "24.1.0")).toMatch(/nothing is installed/);
});

test("a lockfile that moved on is named", () => {
  expect(notReady(checkout({ ...INSTALLED, "pnpm-lock.yaml": "b" }), "24.1.0")).toMatch(/node_modules is not what pnpm-lock\.yaml says/);
});

test("a dependency declared after the install is named", () => {
  expect(notReady(checkout({ "pnpm-lock.yaml": "a", "node_modules/.pnpm/lock.yaml": "a" }), "24.1.0")).toMatch(/@herald\/a lacks zod/);
});
