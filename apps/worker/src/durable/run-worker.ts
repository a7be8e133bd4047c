import type { Logger } from "@herald/observability";
import { type NativeConnection, Worker, type WorkerOptions } from "@temporalio/worker";
import { BackOff } from "../back-off.ts";
import { sleepUnless } from "../system-clock.ts";
import { connectTemporal, type ServerAddress } from "./connect.ts";

export type Served = Omit<WorkerOptions, "connection" | "namespace" | "identity"> & { readonly taskQueue: string };
export type WorkerHost = {
  readonly server: ServerAddress;
  readonly log: Logger;
  readonly stop: AbortSignal;
  /** Told whenever the worker starts or ceases to poll. */
  readonly onPolling: (isPolling: boolean) => void;
};

/** Serves one task queue until `stop`; a worker that breaks is built anew. After `stop` it takes no new task and waits for the running ones. */
export async function runWorker(served: Served, host: WorkerHost): Promise<void> {
  const backOff = new BackOff(1000, 30_000);
  while (!host.stop.aborted) {
    const connection = await connectTemporal(host.server, host.log, host.stop);
    if (connection === null) return;
    try {
      await serve(connection, served, host);
    } catch (error) {
      const waitMs = backOff.next();
      host.log.error("temporal.worker_broke", { queue: served.taskQueue, waitMs: Math.round(waitMs), error });
      await sleepUnless(waitMs, host.stop);
    } finally {
      host.onPolling(false);
      await connection.close();
    }
  }
}

async function serve(connection: NativeConnection, served: Served, { server, stop, onPolling }: WorkerHost): Promise<void> {
  const worker = await Worker.create({
    ...served,
    connection,
    namespace: server.namespace,
    // A slice is told at once and needs its ten seconds to record what is in flight; after that the process may go.
    shutdownGraceTime: 0,
    shutdownForceTime: "13s",
  });
  const shutDown = (): void => {
    if (worker.getState() === "RUNNING") worker.shutdown();
  };
  stop.addEventListener("abort", shutDown, { once: true });
  const running = worker.run();
  onPolling(true);
  if (stop.aborted) shutDown();
  await running.finally(() => stop.removeEventListener("abort", shutDown));
}
