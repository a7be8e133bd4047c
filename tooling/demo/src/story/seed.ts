import pg from "pg";
import { seedShop } from "./seed-shop.ts";

const localHosts = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** The setting that names another machine, if one does. The shop's sign-ins have a password that everybody knows: it is seeded on this machine only. */
export function foreignPlace(settings: Readonly<Record<string, string | undefined>>): string | null {
  return (
    ["OWNER_DATABASE_URL", "SUPABASE_URL"].find((name) => !localHosts.has(new URL(settings[name] ?? "http://127.0.0.1").hostname)) ?? null
  );
}

/** The shop, written as the database's owner; a second call changes nothing. */
export async function seed(settings: Readonly<Record<string, string | undefined>>): Promise<void> {
  const foreign = foreignPlace(settings);
  if (foreign !== null)
    throw new Error(
      `${foreign} names another machine, and the demo shop has a public password. Start with --no-campaign to leave it out, or unset ${foreign}.`,
    );
  const owner = new pg.Client({ connectionString: settings["OWNER_DATABASE_URL"] });
  await owner.connect();
  try {
    await seedShop(owner, Buffer.from(settings["HERALD_SECRET_KEY"] ?? "", "base64"));
  } finally {
    await owner.end();
  }
}
