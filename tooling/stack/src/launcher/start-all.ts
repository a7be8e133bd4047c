import { seconds } from "./progress.ts";
import type { RunningServer } from "./running-server.ts";
import type { Settings } from "./server.ts";
import type { ServerName } from "./server-names.ts";

/** Starts every server as soon as what it needs is ready. Rejects with the first failure, after all others have settled. */
export async function startAll(running: readonly RunningServer[], signal: AbortSignal | undefined): Promise<Settings> {
  const ready = new Map<ServerName, Promise<Settings>>();
  for (const server of running) {
    const needs = server.server.needs.flatMap((name) => ready.get(name) ?? []);
    ready.set(server.server.name, startOne(server, needs, signal));
  }
  const outcomes = await Promise.allSettled(ready.values());
  signal?.throwIfAborted();
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  if (failure) throw failure.reason;
  return Object.assign({}, ...outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : {}))) as Settings;
}

async function startOne(running: RunningServer, needs: readonly Promise<Settings>[], signal: AbortSignal | undefined): Promise<Settings> {
  await Promise.all(needs);
  signal?.throwIfAborted();
  const { server, context } = running;
  const startedMs = performance.now();
  await running.start();
  await server.complete?.(context);
  const where = server.portNames[0] === undefined ? "" : ` on 127.0.0.1:${context.port(server.portNames[0])}`;
  const kind = context.tool === undefined || context.tool.kind === server.name ? "" : ` (${context.tool.kind})`;
  context.report(`ready${where} in ${seconds(performance.now() - startedMs)}${kind}`);
  return server.settings(context);
}
