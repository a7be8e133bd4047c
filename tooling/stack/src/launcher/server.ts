import type { DaemonSpec } from "../processes/daemon.ts";
import type { LocatedTool, Tool } from "../provision/tool.ts";
import type { Report } from "./progress.ts";
import type { ServerName } from "./server-names.ts";
import type { StackState } from "./state.ts";

/** Environment variables as production code reads them. */
export type Settings = Readonly<Record<string, string>>;

/** What a server is given when it is prepared, started, asked for health and described. */
export interface ServerContext {
  readonly stateDir: string;
  readonly state: StackState;
  /** The port of this name, of any server of this stack. Kept in the state folder. */
  port(name: string): number;
  /** The program found or installed for it; servers written in this package have none. */
  readonly tool: LocatedTool | undefined;
  readonly report: Report;
}

/** One server of the stack: all that the launcher must know, in one file per server. */
export interface Server {
  readonly name: ServerName;
  readonly needs: readonly ServerName[];
  readonly tool?: Tool;
  readonly portNames: readonly string[];
  /** One-time work before the process can start. Repeated at every boot, so it must see for itself what is done. */
  prepare?(context: ServerContext): Promise<void>;
  process(context: ServerContext): Omit<DaemonSpec, "name" | "stateDir">;
  isReady(context: ServerContext): Promise<boolean>;
  readonly readyTimeoutMs?: number;
  /** Work on the running server that others wait for; idempotent. */
  complete?(context: ServerContext): Promise<void>;
  /** Read after `complete`. */
  settings(context: ServerContext): Settings | Promise<Settings>;
}
