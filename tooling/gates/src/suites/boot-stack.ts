import { rm } from "node:fs/promises";
import { bootStack } from "@herald/stack";
import { openTestFolder, sweepTestStacks } from "./test-stacks.ts";

/**
 * Vitest's global set-up of the project `integration`: one fresh stack of real servers for the whole run, in a folder of its own
 * that the tests find in `HERALD_TEST_STATE_DIR`. Always a new folder: `fresh` would empty one that somebody works in.
 */
export default async function bootTestStack(): Promise<() => Promise<void>> {
  await sweepTestStacks();
  const stateDir = await openTestFolder();
  const stack = await bootStack({ stateDir, fresh: true });
  process.env["HERALD_TEST_STATE_DIR"] = stateDir;
  return async () => {
    await stack.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
}
