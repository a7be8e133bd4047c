import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../launcher/progress.ts";
import { withConnection } from "./connect.ts";
import { type AppliedMigration, type Migration, MigrationError, pendingMigrations, toMigrations } from "./migrations.ts";

/** The product's migrations, plain SQL shared with the Supabase CLI. */
const migrationsFolder: string = fileURLToPath(new URL("../../../../supabase/migrations", import.meta.url));

/** Two launchers on one database take turns. Any constant does; this one is "herald" in ASCII. */
const advisoryLock = 0x686572616c64;

// The table of the Supabase CLI, so that `supabase db push` and we agree on what has been applied.
const historyTable = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text primary key, name text, statements text[])`;

/**
 * Applies what is new in a migrations folder, in order, each file in a transaction of its own together with its history row,
 * then tells PostgREST to read the schema again.
 * @returns the versions applied now
 * @throws MigrationError when the folder and the history do not fit, or when a migration fails (nothing of it stays)
 */
export async function applyMigrations(ownerUrl: string, report: Report, folder: string = migrationsFolder): Promise<string[]> {
  const migrations = readMigrations(folder);
  return withConnection(ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock($1)", [advisoryLock]);
    await client.query(historyTable);
    const { rows } = await client.query<AppliedMigration>("select version, statements from supabase_migrations.schema_migrations");
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) {
      report(`migration ${migration.version}_${migration.name}`);
      await applyOne(client, migration);
    }
    if (pending.length > 0) await client.query("notify pgrst, 'reload schema'");
    return pending.map((migration) => migration.version);
  });
}

function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  return toMigrations(files.map((file) => ({ file, sql: readFileSync(path.join(folder, file), "utf8") })));
}

async function applyOne(client: Parameters<Parameters<typeof withConnection>[1]>[0], migration: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(migration.sql);
    await client.query("insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)", [
      migration.version,
      migration.name,
      [migration.sql],
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    const { message, position } = error as Error & { position?: string };
    const line = position === undefined ? "" : `, line ${migration.sql.slice(0, Number(position)).split("\n").length}`;
    throw new MigrationError(`migration ${migration.version}_${migration.name}.sql failed${line}: ${message}`, { cause: error });
  }
}
