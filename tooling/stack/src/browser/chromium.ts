import { type OnProgress, reporters } from "../launcher/progress.ts";
import { byVariable, onPath } from "../provision/locate.ts";
import { run } from "../provision/run.ts";
import { installTool, locateTool, type Tool } from "../provision/tool.ts";

const programs = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"] as const;
const aptTimeoutMs = 10 * 60_000;

const chromiumTool: Tool = {
  name: "Chromium",
  ways: [
    byVariable("chromium", "CHROMIUM_PATH"),
    onPath("chromium", ...programs),
    {
      kind: "chromium",
      install: {
        description: "installed by apt-get (about 300 MB)",
        async run({ report, signal }) {
          if (process.getuid?.() !== 0) throw new Error("only root may install packages");
          const options = { timeoutMs: aptTimeoutMs, signal, onLine: report };
          await run("apt-get", ["update", "-q"], options);
          await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options);
          return "/usr/bin/chromium";
        },
      },
    },
  ],
  byHand: [
    "`apt-get install chromium` (Debian), or Google Chrome from its own page",
    "CHROMIUM_PATH=/path/to/chrome for one that is not on PATH",
    "`npx playwright-core install chromium`, then CHROMIUM_PATH with the path it prints",
  ],
};

/** Path of a Chromium for tests and pictures. Nothing is downloaded while there is one; what is missing is named first. */
export async function chromiumPath(onProgress: OnProgress): Promise<string> {
  const report = reporters(onProgress)("chromium");
  const found = await locateTool(chromiumTool, process.env);
  return (found ?? (await installTool(chromiumTool, { report }))).path;
}
