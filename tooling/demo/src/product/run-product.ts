import { createHash } from "node:crypto";
import path from "node:path";
import { type Daemon, type Exit, httpAnswers, type OnProgress, type Settings, spawnProcess } from "@herald/stack";
import { type Simulator, simulatorAt } from "../clients/simulator.ts";
import { simulatorConfig } from "../story/scenario.ts";
import { buildWeb } from "./build-web.ts";
import { binOf, freePort, repository, simulatorFlags, workerEnv, workerFlags } from "./places.ts";

export const workerRoles = ["workflows", "dispatch", "background"] as const;
export type WorkerRole = (typeof workerRoles)[number];
export type ProcessName = "simulator" | "web" | `worker-${WorkerRole}`;

/** What a process that died is given before it is started again. */
const restartAfterMs = 1000;

/** The product and its provider's twin, running against a stack. Each process can be killed and started again on its own. */
export type RunningProduct = {
  readonly webUrl: string;
  readonly simulatorUrl: string;
  readonly simulator: Simulator;
  readonly kill: (name: ProcessName, signal: NodeJS.Signals) => Promise<void>;
  readonly start: (name: ProcessName) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type ProductOptions = {
  readonly stateDir: string;
  readonly settings: Settings;
  readonly onProgress: OnProgress;
  /** Where the web should listen if it can. */
  readonly webPort?: number;
  /** Receipts and replies come this much faster than in life; 1 is realistic. */
  readonly timeScale: number;
  /** Shorter patience than an operator's, for runs that break things on purpose; added to every worker's environment. */
  readonly workerEnv?: Readonly<Record<string, string>>;
};

export async function runProduct(options: ProductOptions): Promise<RunningProduct> {
  const { stateDir, settings, onProgress } = options;
  const startedMs = performance.now();
  const say = (subject: string, message: string) => onProgress({ subject, message, elapsedMs: performance.now() - startedMs });
  await buildWeb(stateDir, onProgress);
  const webPort = await freePort(options.webPort);
  const simulatorPort = await freePort();
  const healthPorts = await Promise.all(workerRoles.map(() => freePort()));
  const webUrl = `http://127.0.0.1:${webPort}`;
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const appSecret = secretFor(settings, "app");
  const verifyToken = secretFor(settings, "verify");
  const env = {
    ...settings,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    HERALD_PUBLIC_URL: webUrl,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: verifyToken,
    META_GRAPH_URL: simulatorUrl,
  };
  const node =
    (name: ProcessName, script: string, args: readonly string[], healthUrl: string, more: Readonly<Record<string, string>> = {}) =>
    () =>
      spawnProcess({
        name,
        command: process.execPath,
        args: [...flagsOf(name), path.join(repository, script), ...args],
        cwd: name === "web" ? path.join(repository, "apps/web") : repository,
        env: { ...env, ...more },
        stateDir,
        ready: httpAnswers(healthUrl),
      });
  const launchers: Readonly<Record<ProcessName, () => Promise<Daemon>>> = {
    simulator: node(
      "simulator",
      "apps/simulator/src/main.ts",
      ["--port", String(simulatorPort), "--data", path.join(stateDir, "data", "simulator")],
      `${simulatorUrl}/_control/health`,
    ),
    web: node(
      "web",
      path.relative(repository, binOf("apps/web", "next")),
      ["start", "-H", "127.0.0.1", "-p", String(webPort)],
      `${webUrl}/api/health`,
    ),
    ...workersOf(node, healthPorts, options.workerEnv ?? {}),
  };
  const running = new Map<ProcessName, Daemon>();
  let isStopping = false;
  const start = async (name: ProcessName): Promise<void> => {
    const daemon = await launchers[name]();
    running.set(name, daemon);
    say(
      name,
      name === "web"
        ? `ready on ${webUrl}${webPort === (options.webPort ?? webPort) ? "" : ` (port ${options.webPort} is taken)`}`
        : "ready",
    );
    void daemon.exited.then((exit) => {
      // taken off the list first when it was ended on purpose
      if (running.get(name) === daemon) void startAgain(name, daemon, exit);
    });
  };
  const startAgain = async (name: ProcessName, daemon: Daemon, exit: Exit): Promise<void> => {
    say(name, `died (${exit.signal ?? `exit code ${exit.code}`}), starting it again; its log: ${daemon.logFile}`);
    running.delete(name);
    await new Promise((resolve) => setTimeout(resolve, restartAfterMs));
    if (!isStopping) await start(name).catch((error: unknown) => say(name, `does not start again: ${String(error)}`));
  };
  const stop = async (): Promise<void> => {
    isStopping = true;
    const ending = [...running.values()];
    running.clear();
    await Promise.all(ending.map((daemon) => daemon.stop(20_000)));
  };
  const simulator = simulatorAt(simulatorUrl);
  try {
    await start("simulator");
    await simulator.configure(
      simulatorConfig({ webhookUrl: `${webUrl}/api/webhooks/whatsapp`, appSecret, verifyToken, timeScale: options.timeScale }),
    );
    await Promise.all([start("web"), ...workerRoles.map((role) => start(`worker-${role}`))]);
    await simulator.verifyWebhook();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    webUrl,
    simulatorUrl,
    simulator,
    start,
    stop,
    async kill(name, signal) {
      const daemon = running.get(name);
      running.delete(name);
      daemon?.signal(signal);
      await daemon?.exited;
    },
  };
}

type NodeLauncher = (
  name: ProcessName,
  script: string,
  args: readonly string[],
  healthUrl: string,
  more?: Readonly<Record<string, string>>,
) => () => Promise<Daemon>;

function workersOf(
  node: NodeLauncher,
  healthPorts: readonly number[],
  more: Readonly<Record<string, string>>,
): Record<`worker-${WorkerRole}`, () => Promise<Daemon>> {
  const entries = workerRoles.map((role, index) => {
    const port = healthPorts[index] ?? 0;
    const env = { ...workerEnv, ...more, HERALD_WORKER_PORT: String(port) };
    return [
      `worker-${role}`,
      node(`worker-${role}`, "apps/worker/src/main.ts", ["--role", role], `http://127.0.0.1:${port}/health`, env),
    ] as const;
  });
  return Object.fromEntries(entries) as Record<`worker-${WorkerRole}`, () => Promise<Daemon>>;
}

const flagsOf = (name: ProcessName): readonly string[] => {
  if (name === "web") return [];
  return name === "simulator" ? simulatorFlags : workerFlags;
};

/** A secret of this state folder for one purpose, made from its key. */
const secretFor = (settings: Settings, purpose: string): string =>
  createHash("sha256").update(`${settings["HERALD_SECRET_KEY"]}:whatsapp:${purpose}`).digest("hex");
