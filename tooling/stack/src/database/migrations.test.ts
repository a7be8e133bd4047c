import { describe, expect, it } from "vitest";
import { MigrationError, pendingMigrations, toMigrations } from "./migrations.ts";

const files = [
  { file: "20260102000000_second.sql", sql: "2" },
  { file: "20260101000000_first.sql", sql: "1" },
  { file: "20260103000000_third_one.sql", sql: "3" },
];
const migrations = toMigrations(files);
const applied = (version: string, ...statements: string[]) => ({ version, statements });

describe("toMigrations", () => {
  it("orders by version, whatever order the folder has", () => {
    expect(migrations.map(({ name }) => name)).toEqual(["first", "second", "third_one"]);
  });

  it("orders by number, so that a shorter version is not taken for a later one", () => {
    const mixed = toMigrations([
      { file: "10_b.sql", sql: "" },
      { file: "9_a.sql", sql: "" },
    ]);
    expect(mixed.map(({ version }) => version)).toEqual(["9", "10"]);
  });

  it.each(["first.sql", "2026-01-01_first.sql", "20260101000000.sql"])("refuses the name %s", (file) => {
    expect(() => toMigrations([{ file, sql: "" }])).toThrow(MigrationError);
  });

  it("refuses two files of one version", () => {
    const twice = [...files, { file: "20260102000000_rival.sql", sql: "" }];
    expect(() => toMigrations(twice)).toThrow(/two migrations have the version 20260102000000/);
  });
});

describe("pendingMigrations", () => {
  it("gives what is not applied yet, in order", () => {
    expect(pendingMigrations(migrations, []).map(({ sql }) => sql)).toEqual(["1", "2", "3"]);
    expect(pendingMigrations(migrations, [applied("20260101000000", "1")]).map(({ sql }) => sql)).toEqual(["2", "3"]);
  });

  it("refuses a migration whose text changed after it was applied, and says the way out", () => {
    expect(() => pendingMigrations(migrations, [applied("20260101000000", "1 changed")])).toThrow(
      /20260101000000_first\.sql was changed .* --fresh/,
    );
  });

  it("accepts rows of the Supabase CLI, which keeps split statements", () => {
    expect(
      pendingMigrations(migrations, [applied("20260101000000", "a", "b"), { version: "20260102000000", statements: null }]),
    ).toHaveLength(1);
  });

  it("refuses a history with a migration that the folder does not have", () => {
    expect(() => pendingMigrations(migrations, [applied("20250101000000", "0")])).toThrow(/20250101000000, which is not in the folder/);
  });

  it("refuses a file older than one already applied", () => {
    expect(() => pendingMigrations(migrations, [applied("20260102000000", "2")])).toThrow(/20260101000000_first\.sql is older than/);
  });
});
