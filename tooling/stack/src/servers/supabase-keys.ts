import { randomBytes } from "node:crypto";
import { apiKey } from "../auth/keys.ts";
import type { ServerContext, Settings } from "../launcher/server.ts";

/** Signs every token of this state folder: the API keys below and the members' sessions. */
export function jwtSecret({ state }: Pick<ServerContext, "state">): string {
  return state.secret("supabase.jwt", () => randomBytes(32).toString("hex"));
}

/** The keys a Supabase project hands out. Same state folder, same keys. */
export async function supabaseKeys(context: Pick<ServerContext, "state">): Promise<Settings> {
  const secret = jwtSecret(context);
  const issuedAt = Number(context.state.secret("supabase.keys-issued-at", () => String(Math.floor(Date.now() / 1_000))));
  return {
    SUPABASE_ANON_KEY: await apiKey("anon", secret, issuedAt),
    SUPABASE_SERVICE_ROLE_KEY: await apiKey("service_role", secret, issuedAt),
    SUPABASE_JWT_SECRET: secret,
  };
}
