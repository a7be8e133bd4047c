import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runProduct, seed } from "@herald/demo";
import { attach, bootStack, chromiumPath, type Settings, statePaths } from "@herald/stack";
import type { TestProject } from "vitest/node";

/** What the browser tests are told of the running product. */
export type Panel = {
  readonly webUrl: string;
  readonly simulatorUrl: string;
  readonly chromium: string;
  /** Of the stack's settings: where its database and its other servers are. */
  readonly settings: Readonly<Record<string, string>>;
};
declare module "vitest" {
  interface ProvidedContext {
    panel: Panel;
  }
}

const quiet = (): void => undefined;
const known = (settings: Settings): Panel["settings"] =>
  Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined));

/**
 * Vitest's global set-up of the project `browser`: real servers, the demo's shop, workers, simulator and the production build of the panel, once for all
 * files. Whoever writes a test names a product that runs already: `HERALD_TEST_PANEL_URL`, `HERALD_TEST_PANEL_SIMULATOR_URL` and its `HERALD_TEST_PANEL_STATE_DIR`.
 */
export default async function openPanel(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await chromiumPath(quiet);
  const webUrl = process.env["HERALD_TEST_PANEL_URL"];
  const simulatorUrl = process.env["HERALD_TEST_PANEL_SIMULATOR_URL"] ?? "";
  const runningIn = process.env["HERALD_TEST_PANEL_STATE_DIR"];
  if (webUrl && runningIn) {
    project.provide("panel", { webUrl, simulatorUrl, chromium, settings: known(attach(runningIn).settings) });
    return async () => undefined;
  }
  // children are daemons and keep nobody alive: without this the process would end, in silence, while it waits for the build
  const alive = setInterval(quiet, 60_000);
  const stateDir = await mkdtemp(path.join(tmpdir(), "herald-browser-"));
  const stack = await bootStack({ stateDir, fresh: true, onProgress: quiet });
  try {
    await seed(stack.settings);
    const product = await runProduct({ stateDir, settings: stack.settings, onProgress: quiet, timeScale: 0.05 });
    project.provide("panel", { webUrl: product.webUrl, simulatorUrl: product.simulatorUrl, chromium, settings: known(stack.settings) });
    return async () => {
      clearInterval(alive);
      await product.stop();
      await stack.stop();
      await rm(stateDir, { recursive: true, force: true });
    };
  } catch (error) {
    clearInterval(alive);
    await stack.stop();
    throw new Error(`the panel did not start; its logs: ${statePaths.logs(stateDir)}`, { cause: error });
  }
}
