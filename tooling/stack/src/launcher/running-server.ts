import { setTimeout as sleep } from "node:timers/promises";
import { describeLog, untilReady } from "../processes/app-process.ts";
import { type Daemon, type Exit, startDaemon } from "../processes/daemon.ts";
import { within } from "../processes/wait.ts";
import type { Server, ServerContext } from "./server.ts";
import type { ServerName } from "./server-names.ts";

/** A server that ended although nobody asked it to. */
export interface ServerCrash {
  readonly server: ServerName;
  readonly exit: Exit;
  /** Names the server and shows the end of its log. */
  readonly message: string;
}

/** Signals after which a process is expected to end. */
const ending: ReadonlySet<NodeJS.Signals> = new Set(["SIGKILL", "SIGTERM", "SIGINT", "SIGQUIT", "SIGABRT"]);
/** What a server says when the remains of its killed predecessor are not gone yet. */
const notYetGone = /address already in use|pre-existing shared memory block|lock file .* already exists|Resource temporarily unavailable/i;
const retryForMs = 20_000;
const exitTimeoutMs = 15_000;

/** One server with the process it runs in now. */
export class RunningServer {
  readonly server: Server;
  readonly context: ServerContext;
  readonly #onCrash: (crash: ServerCrash) => void;
  #daemon: Daemon | undefined;
  /** The process whose end is wanted and hence no crash. */
  #dismissed: Daemon | undefined;

  constructor(server: Server, context: ServerContext, onCrash: (crash: ServerCrash) => void) {
    this.server = server;
    this.context = context;
    this.#onCrash = onCrash;
  }

  get pid(): number | undefined {
    return this.#daemon?.isRunning() ? this.#daemon.pid : undefined;
  }

  /** Starts the process and waits until it is ready. Tries again while a killed predecessor still holds port or files. */
  async start(): Promise<void> {
    const { server, context } = this;
    await server.prepare?.(context);
    const giveUpMs = performance.now() + retryForMs;
    for (;;) {
      const daemon = await startDaemon({ ...server.process(context), name: server.name, stateDir: context.stateDir });
      try {
        await untilReady(daemon, () => server.isReady(context), server.readyTimeoutMs ?? 60_000);
        this.#watch(daemon);
        return;
      } catch (error) {
        if (!notYetGone.test(daemon.logTail()) || performance.now() > giveUpMs) throw error;
        context.report("its predecessor has not let go of port or files yet; trying again");
        await sleep(300);
      }
    }
  }

  /** Sends a signal. After one that ends the process, resolves when it has ended; that is then no crash. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon?.isRunning()) return;
    if (!ending.has(signal)) return daemon.signal(signal);
    this.#dismissed = daemon;
    daemon.signal(signal);
    await within(`${this.server.name} to end after ${signal}`, exitTimeoutMs, daemon.exited);
  }

  /** Ends the process if it runs, and starts it on the same port and state. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon) return;
    this.#dismissed = daemon;
    await daemon.stop(exitTimeoutMs);
  }

  /** From now on the end of the process is wanted. */
  dismiss(): void {
    this.#dismissed = this.#daemon;
  }

  #watch(daemon: Daemon): void {
    this.#daemon = daemon;
    void daemon.exited.then((exit) => {
      if (this.#dismissed === daemon) return;
      const how = exit.signal ?? `exit code ${exit.code}`;
      this.#onCrash({ server: this.server.name, exit, message: `${this.server.name} died (${how}).\n${describeLog(daemon)}` });
    });
  }
}
