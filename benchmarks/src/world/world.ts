import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildWeb, demoMembers, freePort, seed, shop, simulatorConfig } from "@herald/demo";
import type { Actor, UserId, WorkspaceId } from "@herald/kernel";
import { createVerbs, type Verbs } from "@herald/postgres";
import { bootStack, interruption, progressLine, type Stack } from "@herald/stack";
import pg from "pg";
import { CannotMeasure, interrupted } from "../bench.ts";
import type { WatchedProcess } from "../measure/process-watch.ts";
import { type Running, type Surroundings, secretFor, startSimulator, startWeb, startWorker } from "./processes.ts";
import { type Provider, providerAt } from "./provider.ts";

/** The whole product on servers of its own: real Postgres, Temporal, Redis, MongoDB; the simulator as the provider; each a process. */
export type World = {
  readonly stack: Stack;
  readonly provider: Provider;
  /** The database's owner: sets up what no verb makes, and looks at tables. */
  readonly owner: pg.Client;
  readonly verbs: Verbs;
  readonly actor: Extract<Actor, { kind: "user" }>;
  readonly workspaceId: WorkspaceId;
  /** Null when the web was not asked for. */
  readonly webUrl: string | null;
  /** `slices` campaigns at once; flags are for Node itself. */
  readonly startDispatchWorker: (name: string, slices: number, nodeFlags?: readonly string[]) => Promise<Worker>;
  /** Started by the bench and running now, the servers of the stack included. */
  readonly processes: () => readonly WatchedProcess[];
};
export type Worker = {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  readonly sdkMetricsUrl: string;
  /** Ends it the hard way, on purpose. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
};
export type WorldOptions = { readonly withWeb: boolean; readonly say: (line: string) => void };

/** Boots a world, measures in it and leaves nothing running: also after Ctrl-C, and when a process of it dies. */
export async function inWorld<Answer>(options: WorldOptions, measure: (world: World) => Promise<Answer>): Promise<Answer> {
  const signal = interruption();
  // started by root, Postgres runs as another user and has to reach its folder through this one
  const stateDir = mkdtempSync(path.join(tmpdir(), "herald-bench-"));
  chmodSync(stateDir, 0o755);
  const stack = await bootOrExplain(stateDir, options.say, signal);
  const trouble = Promise.withResolvers<never>();
  trouble.promise.catch(() => undefined);
  let end = (): Promise<void> => Promise.resolve();
  try {
    const opened = await open(stack, options, (words) => trouble.reject(new CannotMeasure(words)));
    end = opened.end;
    const measuring = measure(opened.world);
    measuring.catch(() => undefined);
    return await Promise.race([measuring, interrupted(signal), trouble.promise]);
  } finally {
    await end();
    await stack.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function bootOrExplain(stateDir: string, say: (line: string) => void, signal: AbortSignal): Promise<Stack> {
  try {
    return await bootStack({ stateDir, signal, onProgress: (progress) => say(progressLine(progress)) });
  } catch (error) {
    rmSync(stateDir, { recursive: true, force: true });
    throw new CannotMeasure(`the servers this bench needs do not start: ${(error as Error).message}`);
  }
}

async function open(
  stack: Stack,
  { withWeb, say }: WorldOptions,
  onTrouble: (words: string) => void,
): Promise<{ readonly world: World; readonly end: () => Promise<void> }> {
  const { settings, stateDir } = stack;
  const owner = new pg.Client({ connectionString: settings["OWNER_DATABASE_URL"] });
  const verbs = createVerbs({ url: settings["VERBS_DATABASE_URL"] ?? "", applicationName: "herald-bench", maxConnections: 2 });
  const running = new Map<string, Running>();
  const keep = <Process extends Running>(process: Process): Process => {
    running.set(process.name, process);
    void process.daemon.exited.then(() => {
      if (running.get(process.name) === process) onTrouble(`${process.name} died; the end of its log:\n${process.daemon.logTail(20)}`);
    });
    return process;
  };
  const letGo = async (process: Running): Promise<void> => {
    running.delete(process.name);
    await process.daemon.stop(20_000);
  };
  const end = async (): Promise<void> => {
    await Promise.all([...running.values()].map(letGo));
    await Promise.allSettled([owner.end(), verbs.close()]);
  };
  try {
    await owner.connect();
    owner.on("error", () => undefined); // the stack ends Postgres under it after an interruption
    await seed(settings);
    // as a workspace has it: the demo lifts the cap so that it can be started often
    await owner.query("update workspaces set frequency_cap = '24 hours', max_recipients = 50000 where id = $1", [shop.workspaceId]);
    const simulator = keep(await startSimulator(stateDir));
    const around: Surroundings = { stateDir, settings, simulatorUrl: simulator.url, webUrl: `http://127.0.0.1:${await freePort()}` };
    const provider = providerAt(simulator.url);
    await provider.simulator.configure({
      ...simulatorConfig({
        webhookUrl: `${around.webUrl}/api/webhooks/whatsapp`,
        appSecret: secretFor(settings, "app"),
        verifyToken: secretFor(settings, "verify"),
        timeScale: 1,
      }),
      ...(withWeb ? {} : { webhook: { url: null } }),
    });
    // pace and time are measured, not the portfolio's daily limit: it is the largest that any of its numbers shows, and the product asks each
    const { providerNumberId: phoneNumberId, displayNumber: displayPhoneNumber } = shop.sender;
    await provider.simulator.configure({
      numbers: [{ phoneNumberId, wabaId: shop.source.wabaId, displayPhoneNumber, messagingLimit: "TIER_UNLIMITED" }],
    });
    if (withWeb) await buildWeb(stateDir, (progress) => say(progressLine(progress)));
    keep(await startWorker(around, { name: "worker-workflows", role: "workflows" }));
    keep(await startWorker(around, { name: "worker-background", role: "background" }));
    if (withWeb) keep(await startWeb(around));
    if (withWeb) await provider.simulator.verifyWebhook();
    const member = demoMembers.find(({ role }) => role === "owner");
    if (!member) throw new Error("the demo's shop has no owner");
    const world: World = {
      stack,
      provider,
      owner,
      verbs,
      actor: { kind: "user", userId: member.userId as UserId, role: "owner" },
      workspaceId: shop.workspaceId as WorkspaceId,
      webUrl: withWeb ? around.webUrl : null,
      async startDispatchWorker(name, slices, nodeFlags = []) {
        const env = { HERALD_SLICES_PER_PROCESS: String(slices) };
        const worker = keep(await startWorker(around, { name, role: "dispatch", env, nodeFlags }));
        return {
          name,
          pid: worker.daemon.pid,
          url: worker.url,
          sdkMetricsUrl: worker.sdkMetricsUrl,
          kill() {
            running.delete(name);
            worker.daemon.signal("SIGKILL");
          },
          stop: () => letGo(worker),
        };
      },
      processes: () => [
        ...stack.servers.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }])),
        ...[...running.values()].map(({ name, daemon }) => ({ name, pid: daemon.pid })),
      ],
    };
    return { world, end };
  } catch (error) {
    await end();
    throw error;
  }
}
