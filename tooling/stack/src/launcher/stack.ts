import type { OnProgress } from "./progress.ts";
import type { ServerCrash } from "./running-server.ts";
import type { Settings } from "./server.ts";
import type { ServerName } from "./server-names.ts";

export interface BootOptions {
  /** Holds data, logs, pids, keys. One launcher per folder. */
  readonly stateDir: string;
  /** Begin with an empty folder: data, ports and keys of earlier runs are deleted. */
  readonly fresh?: boolean;
  /** These servers and what they need; all when absent. */
  readonly only?: readonly ServerName[];
  readonly onProgress?: OnProgress;
  /** Called for a server that ends although nobody asked it to. Default: reported as progress. */
  readonly onCrash?: (crash: ServerCrash) => void;
  /** Ends a boot that is still under way; what was started is stopped. */
  readonly signal?: AbortSignal;
  /** Where programs and servers of the operator's own are named. Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface ServerStatus {
  readonly name: ServerName;
  /** `undefined` while it is down. */
  readonly pid: number | undefined;
  readonly ports: readonly number[];
  readonly logFile: string;
}

/** A running stack, owned by the process that booted it. */
export interface Stack {
  readonly stateDir: string;
  /** Environment variables as production code reads them. */
  readonly settings: Settings;
  readonly servers: readonly ServerStatus[];
  /** Sends a signal to a server on purpose; with one that ends it, resolves when it has ended. */
  kill(server: ServerName, signal: NodeJS.Signals): Promise<void>;
  /** Starts a server again on the same port and state (stopping it first if it runs); resolves when it and all that need it are ready. */
  restart(server: ServerName): Promise<void>;
  /** Ends every process of the state folder, the youngest first, and gives the folder free. */
  stop(): Promise<void>;
}
