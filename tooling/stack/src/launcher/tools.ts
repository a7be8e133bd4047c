import { installTool, type LocatedTool, locateTool } from "../provision/tool.ts";
import type { Report } from "./progress.ts";
import type { Server } from "./server.ts";
import type { ServerName } from "./server-names.ts";

/** Finds every program the servers run, names all that is missing, and only then downloads or builds. */
export async function provideTools(
  servers: readonly Server[],
  env: NodeJS.ProcessEnv,
  report: (subject: string) => Report,
  signal: AbortSignal | undefined,
): Promise<Map<ServerName, LocatedTool>> {
  const located = new Map<ServerName, LocatedTool>();
  const missing: Server[] = [];
  for (const server of servers) {
    if (!server.tool) continue;
    const found = await locateTool(server.tool, env);
    if (found) located.set(server.name, found);
    else missing.push(server);
  }
  for (const { name, tool } of missing) {
    const first = tool?.ways.find((way) => way.install)?.install;
    report(name)(`${tool?.name} is missing on this machine${first ? `; it will be ${first.description}` : ""}`);
  }
  for (const { name, tool } of missing) {
    signal?.throwIfAborted();
    if (tool) located.set(name, await installTool(tool, { report: report(name), signal }));
  }
  return located;
}
