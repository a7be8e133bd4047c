import type { Logger } from "@herald/observability";
import { NativeConnection, Runtime } from "@temporalio/worker";
import { BackOff } from "../back-off.ts";
import { sleepUnless } from "../system-clock.ts";

export type ServerAddress = { readonly address: string; readonly namespace: string; readonly apiKey: string | undefined };

/** The SDK's own log lines become ours, redacted; signals are ours alone; its metrics are served where the operator wants them. Once per process, before anything of the SDK. */
export function installRuntime(log: Logger, metricsAddress?: string): void {
  const write = (level: "debug" | "warn" | "error") => (message: string, facts?: object) =>
    log[level]("temporal.sdk", { message, ...facts });
  const [silent, debug, warn, error] = [() => undefined, write("debug"), write("warn"), write("error")];
  // what the SDK calls information is of use only to whoever debugs the SDK
  const byLevel = { TRACE: silent, DEBUG: silent, INFO: debug, WARN: warn, ERROR: error };
  Runtime.install({
    shutdownSignals: [],
    ...(metricsAddress === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: metricsAddress, countersTotalSuffix: true } } } }),
    logger: { log: (level, message, facts) => byLevel[level](message, facts), trace: silent, debug: silent, info: debug, warn, error },
  });
}

/** Waits for Temporal as long as it takes: a worker that gave up would be restarted only to wait again. Null when told to stop first. */
export async function connectTemporal(server: ServerAddress, log: Logger, stop: AbortSignal): Promise<NativeConnection | null> {
  const backOff = new BackOff(500, 10_000);
  while (!stop.aborted) {
    try {
      return await NativeConnection.connect({
        address: server.address,
        ...(server.apiKey === undefined ? {} : { apiKey: server.apiKey, tls: true }),
      });
    } catch (error) {
      const waitMs = backOff.next();
      log.warn("temporal.waiting", { server: server.address, failures: backOff.failures, waitMs: Math.round(waitMs), error });
      await sleepUnless(waitMs, stop);
    }
  }
  return null;
}
