import { expect, test } from "vitest";
import { houseOf } from "../house/house.ts";
import { findingsOf } from "../testing/fixture.ts";
import { words } from "./words.ts";

test.each([
  ['const folder = "/work/main";', "an absolute path of somebody's machine"],
  ["see /root/.cache/x", "an absolute path of somebody's machine"],
  ["see /home/ada/x", "an absolute path of somebody's machine"],
  ["see /Users/ada/x", "an absolute path of somebody's machine"],
  ["fetch(`https://registry.npmjs.org/zod`)", "a package registry's address"],
  ["// TODO: later", "a note to do it later"],
  ['test.only("x", () => {});', "a test that is skipped, alone or expected to fail"],
  ['describe.skip("x", () => {});', "a test that is skipped, alone or expected to fail"],
  ['it.concurrent.todo("x");', "a test that is skipped, alone or expected to fail"],
  ["// @ts-ignore", "types switched off"],
  ["// oxlint-disable-next-line no-debugger", "a check silenced without a reason"],
  ["// biome-ignore format", "a check silenced without a reason"],
  ["// @ts-expect-error", "a check silenced without a reason"],
  ["as ../shared/design says", "a source that readers of this repository do not have"],
  ["as the brief says", "a source that readers of this repository do not have"],
  ["written by Claude", "the name of a writing tool"],
])("%s fails", async (text, what) => {
  expect(await findingsOf(words, houseOf({ "a.ts": text }))).toEqual([`a.ts: holds ${what}`]);
});

test.each([
  'import { x } from "../work/y.ts";',
  "apps/worker and /workspaces/x",
  "as root, in the home folder",
  "// oxlint-disable-next-line no-debugger -- shows the breakpoint in the recorded trace",
  "// biome-ignore format: a table reads better unwrapped",
  "// @ts-expect-error a wrong event name must not compile",
  'test.each([1])("x", () => {});',
  "skip(10).only(3)",
])("%s passes", async (text) => {
  expect(await findingsOf(words, houseOf({ "a.ts": text }))).toEqual([]);
});
