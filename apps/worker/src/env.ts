import { z } from "zod";

/** All of the worker's settings, from the environment alone. `.env.example` at the root explains each one for operators. */
const Environment = z.object({
  // Postgres as role herald_engine, a session-mode connection.
  ENGINE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  // host:port of Temporal's frontend.
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, "host:port"),
  // Namespace of the deployment; WorkspaceId and CampaignId are registered in it.
  TEMPORAL_NAMESPACE: z.string().min(1).default("default"),
  // For Temporal Cloud; switches TLS on.
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  // Every other key is derived from this one.
  HERALD_SECRET_KEY: z.base64().refine(has32Bytes, "base64 of 32 bytes"),
  // Name of that key; a rotated key gets a new one.
  HERALD_SECRET_KEY_ID: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .default("k1"),
  // Older keys that still open what they sealed, as id=base64,id=base64.
  HERALD_PREVIOUS_SECRET_KEYS: z.string().default("").transform(previousKeys),
  // Cache of chunks; without it they are read from Postgres.
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
  // Conversations, and results that Postgres could not take.
  MONGODB_URL: z.url({ protocol: /^mongodb(\+srv)?$/ }),
  // Realtime; without it panels refresh by themselves.
  PUSHER_APP_ID: z.string().min(1).optional(),
  PUSHER_KEY: z.string().min(1).optional(),
  PUSHER_SECRET: z.string().min(1).optional(),
  PUSHER_HOST: z.string().min(1).optional(),
  PUSHER_PORT: z.coerce.number().int().positive().default(443),
  PUSHER_USE_TLS: z.stringbool().default(true),
  // Where Meta's Graph API answers.
  META_GRAPH_URL: z.url().default("https://graph.facebook.com"),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .optional(),
  // Address of /health and /metrics; port 0 picks a free one.
  HERALD_WORKER_HOST: z.string().min(1).default("127.0.0.1"),
  HERALD_WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HERALD_LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  // How many campaigns one process sends for at once; more wait for another process.
  HERALD_SLICES_PER_PROCESS: z.coerce.number().int().min(1).default(50),
  // host:port where the Temporal SDK's own metrics are scraped; without it there are none.
  HERALD_TEMPORAL_METRICS_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, "host:port")
    .optional(),
  // Days that a webhook is kept after it was drained: it holds what people wrote.
  HERALD_INBOX_KEPT_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  // A prebuilt workflow bundle, as images carry it.
  HERALD_WORKFLOW_BUNDLE: z.string().min(1).optional(),
  // Patience of workflows that this process starts.
  HERALD_SLICE_MS: patience(),
  HERALD_HEARTBEAT_TIMEOUT_MS: patience(),
  HERALD_SLICE_RETRY_MS: patience(),
  HERALD_RECOVERY_WAIT_MS: patience(),
  HERALD_SETTLE_UNKNOWN_MS: patience(),
  HERALD_SETTLE_HELD_MS: patience(),
  NODE_ENV: z.string().default("development"),
});
export type WorkerEnv = z.output<typeof Environment>;

/** What is set together or not at all. */
const groups = [
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
  ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET", "PUSHER_HOST"],
] as const;
const secrets = ["ENGINE_DATABASE_URL", "HERALD_SECRET_KEY", "UPSTASH_REDIS_REST_TOKEN", "PUSHER_SECRET", "MONGODB_URL"] as const;

export class EnvironmentIncomplete extends Error {
  override readonly name = "EnvironmentIncomplete";
}

let parsed: WorkerEnv | undefined;

/** Parsed at first use, once. Throws one `EnvironmentIncomplete` that names everything missing or wrong. */
export function env(): WorkerEnv {
  parsed ??= parseEnv(process.env);
  return parsed;
}

export function parseEnv(source: Readonly<Record<string, string | undefined>>): WorkerEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(given);
  const problems = result.success ? [] : result.error.issues.map((issue) => describe(String(issue.path[0]), issue, given));
  for (const group of groups) {
    const missing = group.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < group.length)
      problems.push(`${missing.join(", ")}: missing, while the rest of its group is set`);
  }
  if (given["NODE_ENV"] === "production") problems.push(...secrets.filter((name) => isForDevelopment(given[name])).map(refuse));
  if (!result.success || problems.length > 0)
    throw new EnvironmentIncomplete(
      `the worker's environment is not complete:\n${problems.map((line) => `  ${line}`).join("\n")}\nSee .env.example.`,
    );
  return result.data;
}

/** Never the value itself: it may be a secret. */
function describe(name: string, issue: { readonly message: string }, given: Readonly<Record<string, unknown>>): string {
  return given[name] === undefined ? `${name}: missing` : `${name}: ${issue.message}`;
}

const refuse = (name: string): string => `${name}: is a secret for development; production needs one of its own`;

function isForDevelopment(secret: string | undefined): boolean {
  const marks = /development|change-me/i;
  return secret !== undefined && (marks.test(secret) || marks.test(Buffer.from(secret, "base64").toString("latin1")));
}

function has32Bytes(base64: string): boolean {
  return Buffer.from(base64, "base64").length === 32;
}

function previousKeys(text: string, context: z.RefinementCtx): Readonly<Record<string, string>> {
  const entries = text.split(",").filter((entry) => entry !== "");
  const pairs = entries.map((entry) => /^([\w-]{1,32})=(.+)$/.exec(entry));
  if (pairs.some((pair) => !pair?.[2] || !has32Bytes(pair[2]))) context.addIssue("id=base64 of 32 bytes, separated by commas");
  return Object.fromEntries(pairs.flatMap((pair) => (pair?.[1] && pair[2] ? [[pair[1], pair[2]]] : [])));
}

function patience() {
  return z.coerce.number().int().positive().optional();
}
