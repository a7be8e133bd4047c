import { spawn } from "node:child_process";

/** A command of a package manager that failed; the message ends with what it said last. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

export interface RunOptions {
  readonly timeoutMs: number;
  /** Ends the command early. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of output. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end and returns what it printed. It inherits the environment: package managers read their settings there. */
export function run(command: string, args: readonly string[], { timeoutMs, signal, onLine }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...(signal ? { signal } : {}) });
    const lines: string[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    const collect = (chunk: Buffer) => {
      for (const line of chunk
        .toString("utf8")
        .split("\n")
        .filter((text) => text.trim() !== "")) {
        lines.push(line);
        onLine?.(line);
      }
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new CommandError(`${command} could not be run: ${error.message}`));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      if (code === 0) return resolve(lines.join("\n"));
      const why = timedOut ? `took longer than ${timeoutMs / 1_000} s` : `ended with ${code}`;
      reject(new CommandError([`${command} ${args[0] ?? ""} ${why}`, ...lines.slice(-6)].join("\n  ")));
    });
  });
}
