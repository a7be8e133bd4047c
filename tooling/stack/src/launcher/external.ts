import type { Settings } from "./server.ts";
import type { ServerName } from "./server-names.ts";

interface Group {
  /** Set by the operator: the whole group is then somebody else's server. */
  readonly trigger: string;
  readonly servers: readonly ServerName[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const groups: readonly Group[] = [
  {
    trigger: "SUPABASE_URL",
    servers: ["postgres", "auth", "postgrest", "supabase"],
    required: ["SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY", "VERBS_DATABASE_URL", "DOOR_DATABASE_URL", "ENGINE_DATABASE_URL"],
    optional: ["SUPABASE_JWT_SECRET", "OWNER_DATABASE_URL"],
  },
  { trigger: "TEMPORAL_ADDRESS", servers: ["temporal"], required: ["TEMPORAL_NAMESPACE"], optional: [] },
  { trigger: "MONGODB_URL", servers: ["mongo"], required: [], optional: [] },
  { trigger: "UPSTASH_REDIS_REST_URL", servers: ["valkey", "upstash"], required: ["UPSTASH_REDIS_REST_TOKEN"], optional: [] },
  {
    trigger: "PUSHER_APP_ID",
    servers: ["pusher"],
    required: ["PUSHER_KEY", "PUSHER_SECRET"],
    optional: ["PUSHER_HOST", "PUSHER_PORT", "PUSHER_USE_TLS", "PUSHER_CLUSTER"],
  },
];

export interface External {
  /** Servers that are not started here. */
  readonly servers: ReadonlySet<ServerName>;
  readonly settings: Settings;
}

/** Which parts the operator brings along. Half-given parts are refused: mixing a real account with a local server is never meant. */
export function externalParts(env: NodeJS.ProcessEnv): External {
  const given = groups.filter(({ trigger }) => env[trigger]);
  const missing = given.flatMap(({ trigger, required }) =>
    required.filter((name) => !env[name]).map((name) => `${name} (because ${trigger} is set)`),
  );
  if (missing.length > 0) throw new Error(`these variables are missing: ${missing.join(", ")}`);
  const names = given.flatMap(({ trigger, required, optional }) => [trigger, ...required, ...optional]);
  return {
    servers: new Set(given.flatMap((group) => group.servers)),
    settings: Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))),
  };
}
