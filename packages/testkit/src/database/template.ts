import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { applyMigrations } from "@herald/stack";
import pg from "pg";
import { databaseUrl, withOwner } from "./connect.ts";

const migrationsFolder = new URL("../../../../supabase/migrations/", import.meta.url);
/** What a Supabase project has before its first migration; the local stack runs the same file. */
const bootstrapFile = new URL("../../../../tooling/stack/src/database/bootstrap.sql", import.meta.url);
/** The auth server keeps its people in the stack's own database; a suite that needs somebody's address writes it here. */
const authSql = "create table if not exists auth.users (id uuid primary key, email text)";
/** Suites start side by side and only the first one migrates. Any constant does. */
const templateLock = 0x48455254;

/** The migrated, empty database that suites are cloned from; made once per text of the migrations. */
export async function templateDatabase(ownerUrl: string): Promise<string> {
  const files = readdirSync(migrationsFolder).filter((file) => file.endsWith(".sql"));
  const texts = [bootstrapFile, ...files.toSorted().map((file) => new URL(file, migrationsFolder))].map((file) =>
    readFileSync(file, "utf8"),
  );
  const name = `herald_template_${createHash("sha256")
    .update([authSql, ...texts].join("\0"))
    .digest("hex")
    .slice(0, 12)}`;
  await withOwner(ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await client.query("select from pg_database where datname = $1 and datistemplate", [name]);
    if (rowCount === 1) return;
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)}`);
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
    await withOwner(databaseUrl(ownerUrl, name), (fresh) => fresh.query(`${readFileSync(bootstrapFile, "utf8")};${authSql}`));
    await applyMigrations(databaseUrl(ownerUrl, name), () => undefined);
    // only a finished one is a template: an interrupted run begins anew
    await client.query(`alter database ${pg.escapeIdentifier(name)} is_template true`);
  });
  return name;
}
