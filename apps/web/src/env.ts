import { z } from "zod";

/** All of the web app's settings, from the environment alone. `.env.example` at the root explains each one for operators. */
const Environment = z.object({
  // Address under which people reach the panel; https makes session cookies Secure.
  HERALD_PUBLIC_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:3000"),
  // Every other key is derived from this one.
  HERALD_SECRET_KEY: z.base64().refine(has32Bytes, "base64 of 32 bytes"),
  // Name of that key; a rotated key gets a new one.
  HERALD_SECRET_KEY_ID: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .default("k1"),
  // Older keys that still open what they sealed, as id=base64,id=base64.
  HERALD_PREVIOUS_SECRET_KEYS: z.string().default("").transform(previousKeys),
  // Supabase's address, for sign-in and sessions.
  SUPABASE_URL: z.url({ protocol: /^https?$/ }),
  // Its public key.
  SUPABASE_ANON_KEY: z.string().min(1),
  // Postgres as role herald_verbs: what members do.
  VERBS_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  // Postgres as role herald_door: may only append to the inbox of webhooks.
  DOOR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  // host:port of Temporal's frontend; without it nothing can be sent.
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, "host:port")
    .optional(),
  // Namespace of the deployment.
  TEMPORAL_NAMESPACE: z.string().min(1).default("default"),
  // For Temporal Cloud; switches TLS on.
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  // Cache of chunks; without it nothing can be sent.
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
  // Realtime; without it panels refresh by themselves.
  PUSHER_APP_ID: z.string().min(1).optional(),
  PUSHER_KEY: z.string().min(1).optional(),
  PUSHER_SECRET: z.string().min(1).optional(),
  PUSHER_HOST: z.string().min(1).optional(),
  // Where browsers connect; without it the host above, with api- read as ws- (Pusher Channels names its two hosts so).
  PUSHER_BROWSER_HOST: z.string().min(1).optional(),
  PUSHER_PORT: z.coerce.number().int().positive().default(443),
  PUSHER_USE_TLS: z.stringbool().default(true),
  // Secret of the Meta app, which signs its webhooks.
  WHATSAPP_APP_SECRET: z.string().min(16, "at least 16 characters"),
  // The secret before, while it is being rotated.
  WHATSAPP_APP_SECRET_PREVIOUS: z.string().min(16, "at least 16 characters").optional(),
  // The word that Meta's handshake must know.
  WHATSAPP_VERIFY_TOKEN: z.string().min(16, "at least 16 characters"),
  HERALD_LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  NODE_ENV: z.string().default("development"),
});
export type WebEnv = z.output<typeof Environment>;

/** What is set together or not at all. */
const groups = [
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
  ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET", "PUSHER_HOST"],
] as const;
const secrets = [
  "HERALD_SECRET_KEY",
  "VERBS_DATABASE_URL",
  "DOOR_DATABASE_URL",
  "UPSTASH_REDIS_REST_TOKEN",
  "PUSHER_SECRET",
  "WHATSAPP_APP_SECRET",
  "WHATSAPP_APP_SECRET_PREVIOUS",
  "WHATSAPP_VERIFY_TOKEN",
] as const;

export class EnvironmentIncomplete extends Error {
  override readonly name = "EnvironmentIncomplete";
}

let parsed: WebEnv | undefined;

/** Parsed at first use, once; the build never asks. Throws one `EnvironmentIncomplete` that names everything missing or wrong. */
export function env(): WebEnv {
  parsed ??= parseEnv(process.env);
  return parsed;
}

export function parseEnv(source: Readonly<Record<string, string | undefined>>): WebEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(given);
  const problems = result.success ? [] : result.error.issues.map((issue) => describe(String(issue.path[0]), issue.message, given));
  for (const group of groups) {
    const missing = group.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < group.length)
      problems.push(`${missing.join(", ")}: missing, while the rest of its group is set`);
  }
  if (given["NODE_ENV"] === "production") problems.push(...secrets.filter((name) => isForDevelopment(given[name])).map(refuse));
  if (!result.success || problems.length > 0) {
    const lines = problems.map((line) => `  ${line}`).join("\n");
    throw new EnvironmentIncomplete(`the web app's environment is not complete:\n${lines}\nSee .env.example.`);
  }
  return result.data;
}

/** Never the value itself: it may be a secret. */
const describe = (name: string, message: string, given: Readonly<Record<string, unknown>>): string =>
  given[name] === undefined ? `${name}: missing` : `${name}: ${message}`;

const refuse = (name: string): string => `${name}: is a secret for development; production needs one of its own`;

function isForDevelopment(secret: string | undefined): boolean {
  const marks = /development|change-me/i;
  return secret !== undefined && (marks.test(secret) || marks.test(Buffer.from(secret, "base64").toString("latin1")));
}

function has32Bytes(base64: string): boolean {
  return Buffer.from(base64, "base64").length === 32;
}

function previousKeys(text: string, context: z.RefinementCtx): Readonly<Record<string, string>> {
  const pairs = text
    .split(",")
    .filter((entry) => entry !== "")
    .map((entry) => /^(?<id>[\w-]{1,32})=(?<key>.+)$/.exec(entry)?.groups ?? {});
  if (pairs.some(({ id, key }) => !id || !key || !has32Bytes(key))) context.addIssue("id=base64 of 32 bytes, separated by commas");
  return Object.fromEntries(pairs.map(({ id = "", key = "" }) => [id, key]));
}
