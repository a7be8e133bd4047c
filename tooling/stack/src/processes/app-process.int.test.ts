import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryStateDir } from "../testing/test-stack.ts";
import { logSays, spawnProcess } from "./app-process.ts";
import { identityOf } from "./identity.ts";
import { readPidFiles } from "./pid-file.ts";
import { reapOrphans } from "./reap.ts";
import { within } from "./wait.ts";

let folder: ReturnType<typeof temporaryStateDir>;

beforeEach(() => {
  folder = temporaryStateDir();
});

afterEach(async () => {
  await reapOrphans(folder.stateDir);
  folder.remove();
});

function node(script: string, env: Record<string, string> = {}) {
  return { name: "worker", command: process.execPath, args: ["--eval", script], env, stateDir: folder.stateDir };
}

describe("spawnProcess", () => {
  it("resolves when the process is ready, and stop ends it cleanly and forgets its pid", async () => {
    const script = "process.on('SIGTERM', () => process.exit(0)); console.log('ready'); setInterval(() => {}, 1000)";
    const worker = await spawnProcess({ ...node(script), ready: logSays("ready") });
    expect(readPidFiles(folder.stateDir).map(({ pid }) => pid)).toEqual([worker.pid]);
    expect(await worker.stop()).toBe("ended");
    expect(await worker.exited).toEqual({ code: 0, signal: null });
    expect(readPidFiles(folder.stateDir)).toEqual([]);
  });

  it("gives the process what it was given and nothing of the shell's secrets", async () => {
    process.env.HERALD_CHECK_SECRET = "of the shell";
    const worker = await spawnProcess(
      node("console.log(process.env.GIVEN, process.env.HERALD_CHECK_SECRET, typeof process.env.PATH)", { GIVEN: "yes" }),
    );
    delete process.env.HERALD_CHECK_SECRET;
    await within("the process to end", 10_000, worker.exited);
    expect(worker.logTail()).toBe("yes undefined string");
  });

  it("a process that dies before it is ready is named with the end of its log", async () => {
    const dying = spawnProcess({ ...node("console.error('no database'); process.exit(3)"), ready: logSays("ready") });
    await expect(dying).rejects.toThrow(/worker ended before it was ready \(exit code 3\)[^]*no database/);
  });

  it("a process that is never ready is stopped at the bound", async () => {
    const slow = spawnProcess({ ...node("setInterval(() => {}, 1000)"), ready: () => false, readyTimeoutMs: 300 });
    await expect(slow).rejects.toThrow(/waited 0\.3 s for worker to be ready/);
    expect(readPidFiles(folder.stateDir)).toEqual([]);
  });

  it("a process that ignores SIGTERM is killed", async () => {
    const stubborn = await spawnProcess({
      ...node("process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)"),
      ready: logSays("ready"),
    });
    expect(await stubborn.stop(200)).toBe("killed");
    expect(await stubborn.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("SIGKILL reaches the children of the process too", async () => {
    const script = `
      const child = require("node:child_process").spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
      console.log("child " + child.pid); setInterval(() => {}, 1000)`;
    const parent = await spawnProcess({ ...node(script), ready: logSays("child ") });
    const child = Number(/child (\d+)/.exec(parent.logTail())?.[1]);
    parent.signal("SIGKILL");
    await parent.exited;
    await expect.poll(() => identityOf(child) !== undefined, { timeout: 5_000 }).toBe(false);
  });

  it("a command that does not exist is named", async () => {
    await expect(spawnProcess({ ...node(""), command: "/no/such/program" })).rejects.toThrow(
      /worker could not be started: \/no\/such\/program/,
    );
  });
});
