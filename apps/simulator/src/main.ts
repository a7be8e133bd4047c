import { parseArgs } from "node:util";
import { readEnv } from "./env.ts";
import { startSimulator } from "./simulator.ts";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string" },
    host: { type: "string" },
    data: { type: "string" },
    seed: { type: "string" },
    "time-scale": { type: "string" },
    scenario: { type: "string" },
  },
});
const env = readEnv({
  HERALD_SIMULATOR_PORT: flags.port,
  HERALD_SIMULATOR_HOST: flags.host,
  HERALD_SIMULATOR_DATA_DIR: flags.data,
  HERALD_SIMULATOR_SEED: flags.seed,
  HERALD_SIMULATOR_TIME_SCALE: flags["time-scale"],
  HERALD_SIMULATOR_SCENARIO: flags.scenario,
});

const simulator = await startSimulator({
  port: env.HERALD_SIMULATOR_PORT,
  host: env.HERALD_SIMULATOR_HOST,
  dataDir: env.HERALD_SIMULATOR_DATA_DIR ?? null,
  seed: env.HERALD_SIMULATOR_SEED,
  timeScale: env.HERALD_SIMULATOR_TIME_SCALE,
  ...(env.HERALD_SIMULATOR_SCENARIO === undefined ? {} : { scenario: env.HERALD_SIMULATOR_SCENARIO }),
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void simulator.close());
process.stdout.write(`${JSON.stringify({ ready: true, port: simulator.port })}\n`);
await simulator.closed;
