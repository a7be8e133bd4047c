import { z } from "zod";

const schema = z.object({
  HERALD_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HERALD_SIMULATOR_HOST: z.string().min(1).default("127.0.0.1"),
  HERALD_SIMULATOR_DATA_DIR: z.string().min(1).optional(),
  HERALD_SIMULATOR_SEED: z.coerce.number().int().min(0).default(1),
  HERALD_SIMULATOR_TIME_SCALE: z.coerce.number().min(0).max(100).default(1),
  HERALD_SIMULATOR_SCENARIO: z.string().min(1).optional(),
});

export type SimulatorEnv = z.infer<typeof schema>;

/** Settings from the environment, the given ones first. The only reader of `process.env`; throws one message that names everything wrong. */
export function readEnv(given: Partial<Record<keyof SimulatorEnv, string | undefined>> = {}): SimulatorEnv {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const parsed = schema.safeParse({ ...process.env, ...Object.fromEntries(named) });
  if (parsed.success) return parsed.data;
  throw new Error(`the environment is not valid:\n${z.prettifyError(parsed.error)}`);
}
