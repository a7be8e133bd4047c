import { defineConfig } from "vitest/config";

const NEVER = ["**/node_modules/**", "**/.next/**", "**/dist/**"];
const SECONDS = 1000;

/**
 * `unit` needs nothing but the code. `integration` shares one stack of real servers, booted before the first file and stopped
 * after the last. `e2e` starts the product itself, so its files run one after another. `browser` shares one running product and drives its
 * panel in Chromium. `pnpm test` runs all four in this order.
 */
export default defineConfig({
  test: {
    // A test that passes at the second attempt has failed.
    retry: 0,
    // The smallest machine we promise to run on has two cores.
    maxWorkers: 2,
    // Stopping six servers takes longer than stopping a test.
    teardownTimeout: 60 * SECONDS,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...NEVER, "**/*.int.test.ts", "**/*.e2e.test.ts", "**/*.browser.test.ts"],
          testTimeout: 20 * SECONDS,
          unstubEnvs: true,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude: NEVER,
          globalSetup: ["tooling/gates/src/suites/boot-stack.ts"],
          testTimeout: 60 * SECONDS,
          hookTimeout: 120 * SECONDS,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["e2e/src/**/*.e2e.test.ts"],
          exclude: NEVER,
          fileParallelism: false,
          testTimeout: 600 * SECONDS,
          hookTimeout: 600 * SECONDS,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["e2e/src/panel/**/*.browser.test.ts"],
          exclude: NEVER,
          fileParallelism: false,
          globalSetup: ["e2e/src/panel/testing/open-panel.ts"],
          testTimeout: 180 * SECONDS,
          hookTimeout: 180 * SECONDS,
        },
      },
    ],
  },
});
