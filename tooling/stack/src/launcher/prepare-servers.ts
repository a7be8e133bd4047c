import type { LocatedTool } from "../provision/tool.ts";
import type { Report } from "./progress.ts";
import { RunningServer, type ServerCrash } from "./running-server.ts";
import type { Server } from "./server.ts";
import type { ServerName } from "./server-names.ts";
import type { StackState } from "./state.ts";

export interface Preparation {
  readonly stateDir: string;
  readonly state: StackState;
  readonly tools: ReadonlyMap<ServerName, LocatedTool>;
  readonly report: (subject: string) => Report;
  readonly onCrash: (crash: ServerCrash) => void;
}

/** Gives each server its ports and context; nothing is started yet. */
export async function prepareServers(
  servers: readonly Server[],
  { stateDir, state, tools, report, onCrash }: Preparation,
): Promise<RunningServer[]> {
  const ports = new Map<string, number>();
  for (const { name, portNames } of servers) {
    for (const portName of portNames) {
      const taken = (port: number) => report(name)(`port ${port} is taken by another program now; choosing a new one`);
      ports.set(portName, await state.port(portName, taken));
    }
  }
  const port = (portName: string): number => {
    const found = ports.get(portName);
    if (found === undefined) throw new Error(`no port was chosen under the name ${portName}`);
    return found;
  };
  return servers.map((server) => {
    const context = { stateDir, state, port, tool: tools.get(server.name), report: report(server.name) };
    return new RunningServer(server, context, onCrash);
  });
}
