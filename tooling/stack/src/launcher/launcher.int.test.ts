import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive, referTo } from "../processes/identity.ts";
import { statePaths } from "../processes/paths.ts";
import { readPidFiles, writePidFile } from "../processes/pid-file.ts";
import { waitFor, within } from "../processes/wait.ts";
import { ownStack, setting, temporaryStateDir } from "../testing/test-stack.ts";
import { attach } from "./attach.ts";
import { LockedError, lockHolder } from "./lock.ts";
import type { ServerCrash } from "./running-server.ts";
import type { ServerName } from "./server-names.ts";
import type { BootOptions, Stack } from "./stack.ts";
import { stopStack } from "./stop-stack.ts";

let folder: ReturnType<typeof temporaryStateDir>;
let booted: Stack[] = [];

beforeEach(() => {
  folder = temporaryStateDir();
});

afterEach(async () => {
  for (const stack of booted) await stack.stop();
  booted = [];
  await stopStack(folder.stateDir);
  folder.remove();
}, 60_000);

describe("one launcher per state folder", () => {
  it("a second launcher is refused while the first runs, and let in after it has stopped", async () => {
    const first = await boot(["valkey"]);
    await expect(boot(["valkey"])).rejects.toThrow(LockedError);
    await first.stop();
    await boot(["valkey"]);
  });

  it("attach gives the settings of a running stack and refuses a stopped one", async () => {
    const stack = await boot(["upstash"]);
    expect(attach(folder.stateDir).settings).toEqual(stack.settings);
    await stack.stop();
    expect(() => attach(folder.stateDir)).toThrow(/no stack is up/);
  });
});

describe("state", () => {
  it("a restart keeps ports, keys and data; --fresh forgets all three", async () => {
    const first = await boot(["upstash"]);
    await upstash(first.settings, ["SET", "kept", "yes"]);
    await first.stop();

    const second = await boot(["upstash"]);
    expect(second.settings).toEqual(first.settings);
    expect(await upstash(second.settings, ["GET", "kept"])).toBe("yes");
    await second.stop();

    const third = await boot(["upstash"], { fresh: true });
    expect(third.settings.UPSTASH_REDIS_REST_TOKEN).not.toBe(first.settings.UPSTASH_REDIS_REST_TOKEN);
    expect(await upstash(third.settings, ["GET", "kept"])).toBeNull();
  });

  it("a kept port that another program took meanwhile is given up with a notice", async () => {
    const first = await boot(["valkey"]);
    const port = first.servers[0]?.ports[0] as number;
    await first.stop();
    const stranger = createServer().listen(port, "127.0.0.1");
    await once(stranger, "listening");
    const said: string[] = [];
    const second = await boot(["valkey"], { onProgress: ({ message }) => said.push(message) });
    expect(second.servers[0]?.ports[0]).not.toBe(port);
    expect(said).toContainEqual(`port ${port} is taken by another program now; choosing a new one`);
    stranger.close();
  });
});

describe("a launcher that dies", () => {
  it("leaves its servers running, and the next launcher on the folder ends them first", async () => {
    const launcher = await launch(folder.stateDir);
    const orphans = readPidFiles(folder.stateDir);
    expect(orphans.map(({ name }) => name)).toEqual(["valkey"]);

    launcher.kill("SIGKILL");
    await within("the launcher to be gone", 10_000, launcher.ended);
    expect(orphans.every(isAlive)).toBe(true);
    expect(() => attach(folder.stateDir)).toThrow(/no stack is up/);

    const said: string[] = [];
    await boot(["valkey"], { onProgress: ({ message }) => said.push(message) });
    expect(said).toContainEqual("ended what an earlier launcher left running: valkey");
    expect(orphans.some(isAlive)).toBe(false);
  });

  it("has its orphans ended by `stop` too", async () => {
    const launcher = await launch(folder.stateDir);
    launcher.kill("SIGKILL");
    await within("the launcher to be gone", 10_000, launcher.ended);
    expect(await stopStack(folder.stateDir)).toEqual({ launcherPid: undefined, reaped: ["valkey"] });
    expect(readPidFiles(folder.stateDir)).toEqual([]);
  });

  it("never costs a stranger its life: a pid that belongs to another process now is forgotten, not signalled", async () => {
    const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
    const ref = referTo(stranger.pid as number);
    if (!ref) throw new Error("sleep did not start");
    writePidFile(folder.stateDir, {
      ...ref,
      identity: "the process that had this pid before",
      name: "valkey",
      stopSignal: "SIGTERM",
      startedAtMs: 0,
    });
    expect((await stopStack(folder.stateDir)).reaped).toEqual([]);
    expect(isAlive(ref)).toBe(true);
    stranger.kill("SIGKILL");
  });
});

describe("commands", () => {
  it("SIGTERM to a launcher stops its servers cleanly and gives the folder free", async () => {
    const launcher = await launch(folder.stateDir);
    const servers = readPidFiles(folder.stateDir);
    launcher.kill("SIGTERM");
    expect(await within("the launcher to end", 20_000, launcher.ended)).toBe(0);
    expect(servers.some(isAlive)).toBe(false);
    expect(lockHolder(statePaths.lock(folder.stateDir))).toBeUndefined();
  });

  it("stop ends a running launcher and waits for it", async () => {
    const launcher = await launch(folder.stateDir);
    const { launcherPid } = await stopStack(folder.stateDir);
    expect(launcherPid).toBe(launcher.pid);
    expect(await within("the launcher to end", 1_000, launcher.ended)).toBe(0);
  });
});

describe("a server that dies", () => {
  it("is named together with the end of its log", async () => {
    const crashes: ServerCrash[] = [];
    const stack = await boot(["valkey"], { onCrash: (crash) => crashes.push(crash) });
    process.kill(stack.servers[0]?.pid as number, "SIGKILL");
    await waitFor("the crash to be noticed", 10_000, () => crashes.length > 0);
    expect(crashes[0]?.message).toMatch(
      /^valkey died \(SIGKILL\)\.\nThe end of its log \(.*valkey\.log\):\n[^]*Ready to accept connections/,
    );
    await stack.stop();
  });

  it("before it was ever ready fails the boot with its name and log, and leaves nothing running", async () => {
    const broken = { PATH: process.env.PATH, VALKEY_BIN: "/bin/false" };
    await expect(boot(["valkey"], { env: broken })).rejects.toThrow(/valkey ended before it was ready \(exit code 1\)[^]*log/);
    expect(readPidFiles(folder.stateDir)).toEqual([]);
    expect(lockHolder(statePaths.lock(folder.stateDir))).toBeUndefined();
  });
});

/** A stack of this process on the test's folder; stopped after the test whatever happens. */
async function boot(only: readonly ServerName[], options: Partial<BootOptions> = {}): Promise<Stack> {
  const stack = await ownStack(folder.stateDir, only, options);
  booted.push(stack);
  return stack;
}

/** A launcher in a process of its own, as a person would start it. Resolves when its stack is up. */
async function launch(stateDir: string): Promise<{ pid: number; kill(signal: NodeJS.Signals): void; ended: Promise<number | null> }> {
  const script = fileURLToPath(new URL("../commands/up.ts", import.meta.url));
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, HERALD_STATE_DIR: stateDir };
  const child = spawn(process.execPath, [script, "--only", "valkey"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  await waitFor("the launcher's stack to be up", 30_000, () => attach(stateDir) !== undefined);
  return { pid: child.pid as number, kill: (signal) => child.kill(signal), ended };
}

async function upstash(settings: Readonly<Record<string, string>>, command: readonly string[]): Promise<unknown> {
  const answer = await fetch(setting(settings, "UPSTASH_REDIS_REST_URL"), {
    method: "POST",
    headers: { authorization: `Bearer ${setting(settings, "UPSTASH_REDIS_REST_TOKEN")}` },
    body: JSON.stringify(command),
  });
  return ((await answer.json()) as { result: unknown }).result;
}
