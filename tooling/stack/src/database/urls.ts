import type { ServerContext } from "../launcher/server.ts";

/** The roles that log in. `postgres` owns everything; the others get passwords at every boot, so that a lost state file is no trap. */
export function ownerPassword({ state }: Pick<ServerContext, "state">): string {
  return state.secret("postgres.owner");
}

export function rolePassword({ state }: Pick<ServerContext, "state">, role: string): string {
  return state.secret(`postgres.${role}`);
}

export function ownerUrl(context: ServerContext): string {
  return databaseUrl(context, "postgres", ownerPassword(context));
}

/** Address for a role other than the owner. */
export function roleUrl(context: ServerContext, role: string): string {
  return databaseUrl(context, role, rolePassword(context, role));
}

export const authUrl = (context: ServerContext): string => roleUrl(context, "supabase_auth_admin");
export const restUrl = (context: ServerContext): string => roleUrl(context, "authenticator");

function databaseUrl(context: ServerContext, role: string, password: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${context.port("postgres")}/postgres`;
}
