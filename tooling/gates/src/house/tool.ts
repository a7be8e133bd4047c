import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the repository that holds this file; its `node_modules/.bin` has the pinned tools. */
export const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");

/** What a tool said. `output` is stdout and stderr in order of arrival. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a pinned tool without a shell or stdin and keeps what it says. A tool that cannot be started is a defect and throws. */
export function runTool(tool: string, args: readonly string[], cwd: string, timeoutMs = 120_000): Promise<ToolRun> {
  const { promise, resolve, reject } = Promise.withResolvers<ToolRun>();
  const bin = join(REPOSITORY, "node_modules", ".bin");
  const child = spawn(join(bin, tool), args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
    env: {
      ...process.env,
      PATH: [bin, process.env["PATH"]].join(delimiter),
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      TURBO_TELEMETRY_DISABLED: "1",
    },
  });
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.on("error", reject);
  child.on("close", (code, signal) =>
    resolve({ code: code ?? 1, stdout, output: signal ? `${output}\n${tool} was ended by ${signal}` : output }),
  );
  return promise;
}

/** The last lines of a tool's output, for a failure that could not be read line by line. */
export function tail(output: string, lines = 12): string {
  return output.trim().split("\n").slice(-lines).join("\n    ");
}
