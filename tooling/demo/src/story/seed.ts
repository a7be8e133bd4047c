import pg from "pg";
import { seedShop } from "./seed-shop.ts";

/** The shop, written as the database's owner; a second call changes nothing. */
export async function seed(settings: Readonly<Record<string, string | undefined>>): Promise<void> {
  const owner = new pg.Client({ connectionString: settings["OWNER_DATABASE_URL"] });
  await owner.connect();
  try {
    await seedShop(owner, Buffer.from(settings["HERALD_SECRET_KEY"] ?? "", "base64"));
  } finally {
    await owner.end();
  }
}
