import type { Logger, Metrics } from "@herald/observability";
import { BackOff } from "./back-off.ts";
import { runLoop } from "./background/loop.ts";
import { backgroundLoops } from "./background/loops.ts";
import type { Container } from "./container.ts";
import type { ServerAddress } from "./durable/connect.ts";
import { dispatchQueue, workflowQueue } from "./durable/queues.ts";
import { runWorker, type Served } from "./durable/run-worker.ts";
import { Health } from "./health/health.ts";
import { startHealthServer } from "./health/health-server.ts";
import { dutiesOf, type WorkerRole } from "./roles.ts";
import { sleepUnless, systemClock } from "./system-clock.ts";

export type WorkerSettings = {
  readonly role: WorkerRole;
  readonly server: ServerAddress;
  readonly health: { readonly host: string; readonly port: number };
  /** How many campaigns this process sends for at once. */
  readonly maxSlices: number;
  /** Path of the workflow bundle; asked for only by a process that runs workflows. */
  readonly bundlePath: () => Promise<string>;
};

/** One process of the worker, from its first log line to its last. Resolves after `stop`, once nothing of it runs any more. */
export async function runWorkerProcess(
  settings: WorkerSettings,
  deps: { readonly container: Container; readonly log: Logger; readonly metrics: Metrics; readonly stop: AbortSignal },
): Promise<void> {
  const { container, log, metrics, stop } = deps;
  const duties = dutiesOf(settings.role);
  const queues: Served[] = [];
  if (duties.includes("workflows")) queues.push(workflowQueue(container.records, container.dataConverter, await settings.bundlePath()));
  if (duties.includes("dispatch")) queues.push(dispatchQueue(container.slices(), container.dataConverter, settings.maxSlices));
  const loops = duties.includes("background") ? backgroundLoops(container.background) : [];
  const health = new Health({
    role: settings.role,
    expected: { queues: queues.map((queue) => queue.taskQueue), loops: loops.map((loop) => loop.name) },
    nowMs: systemClock.nowMs,
    readLagMs: container.readLagMs,
    metrics,
  });
  const server = await startHealthServer({ health, metrics, ...settings.health });
  log.info("worker.started", { role: settings.role, port: server.port });

  // a worker without its database would take tasks only to fail them
  await untilDone("database.waiting", container.probeDatabase, log, stop);
  const running = [
    ...queues.map((queue) =>
      runWorker(queue, { server: settings.server, log, stop, onPolling: (isPolling) => health.notePolling(queue.taskQueue, isPolling) }),
    ),
    ...(loops.length > 0 ? [untilDone("mongo.waiting", container.ensureIndexes, log, stop)] : []),
    ...loops.map((loop) => runLoop(loop, { log, stop, watch: health })),
    sayWhenReady(health, log, stop, { role: settings.role, port: server.port }),
  ];
  await Promise.all(running);
  await container.close();
  await server.close();
  log.info("worker.stopped", { role: settings.role });
}

/** Tries until it succeeds or the process is told to stop, and says each time what it waits for: giving up would only mean being started again to wait. */
async function untilDone(
  what: "database.waiting" | "mongo.waiting",
  act: () => Promise<void>,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  const backOff = new BackOff(500, 10_000);
  while (!stop.aborted) {
    try {
      return await act();
    } catch (error) {
      const waitMs = backOff.next();
      log.warn(what, { failures: backOff.failures, waitMs: Math.round(waitMs), error });
      await sleepUnless(waitMs, stop);
    }
  }
}

async function sayWhenReady(health: Health, log: Logger, stop: AbortSignal, facts: { role: string; port: number }): Promise<void> {
  while (!stop.aborted && !health.isReady) await sleepUnless(50, stop);
  if (!stop.aborted) log.info("worker.ready", facts);
}
