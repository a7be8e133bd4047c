import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Config } from "./config/config.ts";
import { LagMeter } from "./lag.ts";
import { readScenario } from "./scenario/library.ts";
import { createSimulatorServer } from "./server.ts";
import { Simulation } from "./simulation.ts";
import { nowMs } from "./time.ts";

export type { NumberRow, PortfolioRow } from "./truth/accounts.ts";
export type { DoubleRow } from "./truth/doubles.ts";
export type { TruthSummary } from "./truth/summary.ts";
export type { MessageRow, RecipientRow } from "./truth/views.ts";

export type SimulatorOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Folder that keeps the truth across restarts; null keeps it in memory. */
  readonly dataDir: string | null;
  readonly seed?: number;
  readonly timeScale?: number;
  /** Name of a scenario, or the path of a file; begun unless the data folder already holds a begun one. */
  readonly scenario?: string;
};

export type Simulator = {
  readonly port: number;
  /** What the product is given as its Graph base URL. */
  readonly baseUrl: string;
  /** Settles when the simulator has stopped, by `close` or by `POST /_control/shutdown`. */
  readonly closed: Promise<void>;
  /** Stops taking requests, cuts the open ones, writes the journal out. */
  close(): Promise<void>;
};

/** Answers under way may finish; only what is held open on purpose is cut. */
const longestAnswerMs = ({ latency, timeScale }: Config): number => latency.maxMs * timeScale + 100;

function begin(simulation: Simulation, nameOrPath: string): void {
  if (simulation.state.scenarioName !== null) return;
  const read = readScenario(nameOrPath);
  const begun = read.ok ? simulation.load(read.value) : read;
  if (!begun.ok) throw new Error(`the scenario cannot begin: ${begun.error.map(({ path, message }) => `${path}: ${message}`).join("; ")}`);
}

/** Starts a simulated Graph API on the local host. Throws on a scenario that is not there or does not fit. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? "127.0.0.1";
  const simulation = await Simulation.open({ nowMs, seed: options.seed ?? 1, timeScale: options.timeScale ?? 1, dataDir: options.dataDir });
  if (options.scenario !== undefined) begin(simulation, options.scenario);
  const lag = new LagMeter();
  const { promise: closed, resolve: resolveClosed } = Promise.withResolvers<void>();
  let isClosing = false;
  const close = (): Promise<void> => {
    if (isClosing) return closed;
    isClosing = true;
    server.close(() => {
      simulation.close();
      lag.close();
      resolveClosed();
    });
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), longestAnswerMs(simulation.config));
    return closed;
  };
  const server = createSimulatorServer({ simulation, lag, shutdown: () => void close() });
  server.listen(options.port, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, baseUrl: `http://${host}:${port}`, closed, close };
}
