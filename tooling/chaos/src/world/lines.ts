import type { Settings } from "@herald/stack";
import { type FaultProxy, openFaultProxy } from "../network/fault-proxy.ts";
import type { WireLog } from "../network/wire-log.ts";
import type { LinkName } from "../plan/kinds.ts";

/** What a group of workers calls through lines of ours. */
export type Lines = {
  readonly byLink: Readonly<Record<LinkName, FaultProxy>>;
  /** Settings that lead a worker through them. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/** The simulator's port is not known before the product runs: `leadTo` of that line comes later. */
export async function openLines(settings: Settings, wire: WireLog, group: 0 | 1): Promise<Lines> {
  const [postgres, temporal, simulator] = await Promise.all([
    openFaultProxy(),
    openFaultProxy(),
    openFaultProxy((connection, piece) => wire.see(group, connection, piece)),
  ]);
  const database = new URL(settings["ENGINE_DATABASE_URL"] ?? "");
  postgres.leadTo(database.hostname, Number(database.port));
  database.port = String(postgres.port);
  const [host = "", port = ""] = (settings["TEMPORAL_ADDRESS"] ?? "").split(":");
  temporal.leadTo(host, Number(port));
  return {
    byLink: { postgres, temporal, simulator },
    env: {
      ENGINE_DATABASE_URL: database.href,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
      META_GRAPH_URL: `http://127.0.0.1:${simulator.port}`,
    },
    close: async () => void (await Promise.all([postgres.close(), temporal.close(), simulator.close()])),
  };
}
