/** One file of supabase/migrations. */
export interface Migration {
  /** Leading digits of the file's name; the order of application. */
  readonly version: string;
  readonly name: string;
  readonly sql: string;
}

/** A row of supabase_migrations.schema_migrations. */
export interface AppliedMigration {
  readonly version: string;
  /** The file's text in one element when we applied it; split by statement when the Supabase CLI did. */
  readonly statements: readonly string[] | null;
}

/** The folder and the database tell different stories. Migrations only go forward, so nothing was done. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

const filePattern = /^(\d+)_(.+)\.sql$/;

/** Files of a migrations folder as migrations, in order. Anything else than `<digits>_<name>.sql` and twice the same version is refused. */
export function toMigrations(files: readonly { file: string; sql: string }[]): Migration[] {
  const migrations = files.map(({ file, sql }) => {
    const [, version, name] = filePattern.exec(file) ?? [];
    if (version === undefined || name === undefined) throw new MigrationError(`${file}: a migration is named <digits>_<name>.sql`);
    return { version, name, sql };
  });
  migrations.sort((a, b) => (BigInt(a.version) < BigInt(b.version) ? -1 : 1));
  for (const [index, migration] of migrations.entries()) {
    const next = migrations[index + 1];
    if (next && BigInt(next.version) === BigInt(migration.version)) {
      throw new MigrationError(`two migrations have the version ${migration.version}: ${migration.name} and ${next.name}`);
    }
  }
  return migrations;
}

/** The migrations still to be applied. Refuses a history that does not fit: changed text, a missing file, a late file before an applied one. */
export function pendingMigrations(migrations: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const row of applied) {
    const migration = byVersion.get(row.version);
    if (!migration) throw new MigrationError(`the database has migration ${row.version}, which is not in the folder${wayOut}`);
    if (isChanged(migration, row))
      throw new MigrationError(`migration ${row.version}_${migration.name}.sql was changed after it was applied${wayOut}`);
  }
  const done = new Set(applied.map((row) => row.version));
  const newest = applied.map((row) => BigInt(row.version)).reduce((a, b) => (a > b ? a : b), -1n);
  const pending = migrations.filter((migration) => !done.has(migration.version));
  const late = pending.find((migration) => BigInt(migration.version) < newest);
  if (late)
    throw new MigrationError(`migration ${late.version}_${late.name}.sql is older than ${newest}, which is already applied${wayOut}`);
  return pending;
}

const wayOut = ": migrations only go forward; write a new one, or start this state folder anew with --fresh";

/** Rows of the Supabase CLI hold split statements and cannot be compared; ours hold the whole text. */
function isChanged(migration: Migration, row: AppliedMigration): boolean {
  return row.statements?.length === 1 && row.statements[0] !== migration.sql;
}
