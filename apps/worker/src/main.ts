import { fileURLToPath } from "node:url";
import { createLogger, createMetrics } from "@herald/observability";
import { createContainer } from "./container.ts";
import { installRuntime } from "./durable/connect.ts";
import { EnvironmentIncomplete, env } from "./env.ts";
import { roleOf, roles } from "./roles.ts";
import { runWorkerProcess } from "./worker.ts";
import { cachedWorkflowBundle } from "./workflow-bundle.ts";

/** A process that has not ended by then is stuck, and its supervisor should not have to find out. */
const longestStopMs = 15_000;

async function main(): Promise<number> {
  const role = roleOf(process.argv.slice(2));
  if (role === null) return complain(`usage: --role ${roles.join("|")}`);
  const settings = env();
  const service = `herald-worker-${role}`;
  const log = createLogger({ service, level: settings.HERALD_LOG_LEVEL });
  const metrics = createMetrics({ service });
  installRuntime(log, settings.HERALD_TEMPORAL_METRICS_ADDRESS);
  await runWorkerProcess(
    {
      role,
      server: { address: settings.TEMPORAL_ADDRESS, namespace: settings.TEMPORAL_NAMESPACE, apiKey: settings.TEMPORAL_API_KEY },
      health: { host: settings.HERALD_WORKER_HOST, port: settings.HERALD_WORKER_PORT },
      maxSlices: settings.HERALD_SLICES_PER_PROCESS,
      bundlePath: async () =>
        settings.HERALD_WORKFLOW_BUNDLE ?? cachedWorkflowBundle(fileURLToPath(new URL("../.herald/", import.meta.url))),
    },
    {
      container: createContainer(settings, log, metrics),
      log,
      metrics,
      stop: stopSignal((name) => log.info("worker.stopping", { signal: name })),
    },
  );
  return 0;
}

function stopSignal(told: (name: string) => void): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    process.once(name, () => {
      told(name);
      stop.abort();
      setTimeout(() => process.exit(1), longestStopMs).unref();
    });
  }
  return stop.signal;
}

function complain(words: string): number {
  process.stderr.write(`${words}\n`);
  return 64;
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof EnvironmentIncomplete) return complain(error.message);
  throw error;
});
