import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, setPriority } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { binOf, freePort, repository, simulatorFlags, workerEnv, workerFlags } from "@herald/demo";
import { type Daemon, httpAnswers, type Settings, spawnProcess } from "@herald/stack";

/** One process of the product or its provider's twin, as the bench started it. */
export type Running = { readonly name: string; readonly url: string; readonly daemon: Daemon };

export type Surroundings = {
  readonly stateDir: string;
  readonly settings: Settings;
  readonly simulatorUrl: string;
  readonly webUrl: string;
};

/** Its collector works on the one thread that has priority, and needs no pause for old objects as long as a run lasts. */
const punctualFlags = [...simulatorFlags, "--single-threaded-gc", "--initial-old-space-size=1024"];

/**
 * In memory alone: what it writes down for a restart is no part of a figure. It is the measuring device, so it must be on time and goes first
 * where the machine permits that.
 */
export async function startSimulator(stateDir: string): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await start({
    name: "simulator",
    url,
    args: ["apps/simulator/src/main.ts", "--port", String(port)],
    stateDir,
    env: {},
    nodeFlags: punctualFlags,
    healthPath: "/_control/health",
  });
  await goFirst(running.daemon.pid);
  return running;
}

/** Ahead of all that is not real-time, where the machine knows that and permits it, else with the highest priority; its lag is measured either way. */
async function goFirst(pid: number): Promise<void> {
  try {
    await promisify(execFile)("chrt", ["--all-tasks", "--fifo", "--pid", "1", String(pid)]);
  } catch {
    try {
      setPriority(pid, constants.priority.PRIORITY_HIGHEST);
    } catch {
      // only a privileged user may
    }
  }
}

export async function startWorker(
  around: Surroundings,
  options: {
    readonly name: string;
    readonly role: "workflows" | "dispatch" | "background";
    readonly env?: Settings;
    readonly nodeFlags?: readonly string[];
  },
): Promise<Running & { readonly sdkMetricsUrl: string }> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const running = await start({
    name: options.name,
    url: `http://127.0.0.1:${port}`,
    args: ["apps/worker/src/main.ts", "--role", options.role],
    stateDir: around.stateDir,
    env: {
      ...productEnv(around),
      ...workerEnv,
      HERALD_WORKER_PORT: String(port),
      HERALD_TEMPORAL_METRICS_ADDRESS: `127.0.0.1:${metricsPort}`,
      ...options.env,
    },
    nodeFlags: [...workerFlags, ...(options.nodeFlags ?? [])],
    healthPath: "/health",
  });
  return { ...running, sdkMetricsUrl: `http://127.0.0.1:${metricsPort}/metrics` };
}

/** The production build, which must have been made. */
export function startWeb(around: Surroundings): Promise<Running> {
  const { port, hostname } = new URL(around.webUrl);
  return start({
    name: "web",
    url: around.webUrl,
    args: [path.relative(repository, binOf("apps/web", "next")), "start", "-H", hostname, "-p", port],
    cwd: path.join(repository, "apps/web"),
    stateDir: around.stateDir,
    env: productEnv(around),
    healthPath: "/api/health",
  });
}

/** A secret of this run for one purpose, made from the stack's key. */
export const secretFor = (settings: Settings, purpose: "app" | "verify"): string =>
  createHash("sha256").update(`${settings["HERALD_SECRET_KEY"]}:whatsapp:${purpose}`).digest("hex");

const productEnv = ({ settings, simulatorUrl, webUrl }: Surroundings): Settings => ({
  ...settings,
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  HERALD_PUBLIC_URL: webUrl,
  WHATSAPP_APP_SECRET: secretFor(settings, "app"),
  WHATSAPP_VERIFY_TOKEN: secretFor(settings, "verify"),
  META_GRAPH_URL: simulatorUrl,
});

type Start = {
  readonly name: string;
  readonly url: string;
  /** The script below the repository, and its own arguments. */
  readonly args: readonly [string, ...string[]];
  readonly nodeFlags?: readonly string[];
  readonly cwd?: string;
  readonly stateDir: string;
  readonly env: Settings;
  readonly healthPath: string;
};

async function start({
  name,
  url,
  args: [script, ...more],
  nodeFlags: flags = [],
  cwd = repository,
  stateDir,
  env,
  healthPath,
}: Start): Promise<Running> {
  const daemon = await spawnProcess({
    name,
    command: process.execPath,
    args: [...flags, path.join(repository, script), ...more],
    cwd,
    env,
    stateDir,
    ready: httpAnswers(`${url}${healthPath}`),
  });
  return { name, url, daemon };
}
