import { readFileSync } from "node:fs";
import pg from "pg";
import type { ServerContext } from "../launcher/server.ts";
import { withConnection } from "./connect.ts";
import { ownerUrl, rolePassword } from "./urls.ts";

const bootstrapSql = new URL("./bootstrap.sql", import.meta.url);

/** Makes the database look like a fresh Supabase project and gives the API's and the auth server's roles their passwords. */
export async function bootstrapDatabase(context: ServerContext): Promise<void> {
  await withConnection(ownerUrl(context), async (client) => {
    await client.query(readFileSync(bootstrapSql, "utf8"));
    for (const role of ["authenticator", "supabase_auth_admin"]) await client.query(allowLogin(role, rolePassword(context, role)));
  });
}

/** `alter role` takes no parameters, so name and password are quoted here. */
export function allowLogin(role: string, password: string): string {
  return `alter role ${pg.escapeIdentifier(role)} login password ${pg.escapeLiteral(password)}`;
}
