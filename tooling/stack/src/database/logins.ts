import type { ServerContext, Settings } from "../launcher/server.ts";
import { allowLogin } from "./bootstrap.ts";
import { withConnection } from "./connect.ts";
import { ownerUrl, rolePassword, roleUrl } from "./urls.ts";

/** Roles of the product, created by migrations without a login, and the setting that carries each one's address. */
const productRoles: Readonly<Record<string, string>> = {
  herald_verbs: "VERBS_DATABASE_URL",
  herald_door: "DOOR_DATABASE_URL",
  herald_engine: "ENGINE_DATABASE_URL",
};

/** Lets the product's roles log in, with passwords of this state folder. A role that no migration has created yet is left out. */
export async function openLogins(context: ServerContext): Promise<void> {
  await withConnection(ownerUrl(context), async (client) => {
    for (const role of await existing(context)) await client.query(allowLogin(role, rolePassword(context, role)));
  });
}

/** Addresses of the product's roles that exist. */
export async function loginUrls(context: ServerContext): Promise<Settings> {
  const roles = await existing(context);
  return Object.fromEntries(roles.map((role) => [productRoles[role] as string, roleUrl(context, role)]));
}

async function existing(context: ServerContext): Promise<string[]> {
  return withConnection(ownerUrl(context), async (client) => {
    const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1) order by rolname", [
      Object.keys(productRoles),
    ]);
    return rows.map((row) => row.rolname);
  });
}
