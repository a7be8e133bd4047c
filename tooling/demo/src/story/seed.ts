import pg from "pg";
import { seedShop } from "./seed-shop.ts";

const localHosts = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** The shop's sign-ins have a password that everybody knows, so it is seeded on this machine only. */
function assertLocal(settings: Readonly<Record<string, string | undefined>>): void {
  for (const name of ["OWNER_DATABASE_URL", "SUPABASE_URL"]) {
    const { hostname } = new URL(settings[name] ?? "");
    if (!localHosts.has(hostname))
      throw new Error(
        `${name} names ${hostname}: the demo shop, with its public password, is seeded on this machine only. Unset ${name} to use the local stack.`,
      );
  }
}

/** The shop, written as the database's owner; a second call changes nothing. */
export async function seed(settings: Readonly<Record<string, string | undefined>>): Promise<void> {
  assertLocal(settings);
  const owner = new pg.Client({ connectionString: settings["OWNER_DATABASE_URL"] });
  await owner.connect();
  try {
    await seedShop(owner, Buffer.from(settings["HERALD_SECRET_KEY"] ?? "", "base64"));
  } finally {
    await owner.end();
  }
}
