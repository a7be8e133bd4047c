import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setting, type TestStack, temporaryStateDir, testStack } from "../testing/test-stack.ts";
import { withConnection } from "./connect.ts";
import { applyMigrations } from "./migrate.ts";

let stack: TestStack;
let serverUrl: string;
let url: string;
let database: string;
let folder: ReturnType<typeof temporaryStateDir>;

beforeAll(async () => {
  stack = await testStack(["postgres"]);
  serverUrl = setting(stack.settings, "OWNER_DATABASE_URL");
}, 120_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

beforeEach(async () => {
  folder = temporaryStateDir();
  database = `stack_check_${randomUUID().replaceAll("-", "")}`;
  await withConnection(serverUrl, (client) => client.query(`create database ${database}`));
  url = serverUrl.replace(/\/[^/]*$/, `/${database}`);
});

afterEach(async () => {
  await withConnection(serverUrl, (client) => client.query(`drop database ${database} with (force)`));
  folder.remove();
});

function write(file: string, sql: string): void {
  writeFileSync(path.join(folder.stateDir, file), sql);
}

const migrate = () => applyMigrations(url, () => undefined, folder.stateDir);
const query = async (sql: string) => (await withConnection(url, (client) => client.query(sql))).rows;

describe("applyMigrations", () => {
  it("applies each file once, in order, and keeps the Supabase CLI's history table", async () => {
    write("2_fill.sql", "insert into t values (1)");
    write("1_create.sql", "create table t (n int)");
    expect(await migrate()).toEqual(["1", "2"]);
    expect(await migrate()).toEqual([]);
    expect(await query("select n from t")).toEqual([{ n: 1 }]);
    expect(await query("select version, name, statements from supabase_migrations.schema_migrations order by version")).toEqual([
      { version: "1", name: "create", statements: ["create table t (n int)"] },
      { version: "2", name: "fill", statements: ["insert into t values (1)"] },
    ]);
  });

  it("a failing migration leaves nothing of itself, keeps what came before, and names file and line", async () => {
    write("1_create.sql", "create table t (n int)");
    write("2_broken.sql", "insert into t values (1);\ninsert into t\nvalues (nonsense)");
    write("3_never.sql", "insert into t values (3)");
    await expect(migrate()).rejects.toThrow(/2_broken\.sql failed, line 3: column "nonsense" does not exist/);
    expect(await query("select n from t")).toEqual([]);
    expect(await query("select version from supabase_migrations.schema_migrations")).toEqual([{ version: "1" }]);
    write("2_broken.sql", "insert into t values (2)");
    expect(await migrate()).toEqual(["2", "3"]);
  });

  it("refuses to go on when an applied file was changed", async () => {
    write("1_create.sql", "create table t (n int)");
    await migrate();
    write("1_create.sql", "create table t (n bigint)");
    write("2_more.sql", "create table u (n int)");
    await expect(migrate()).rejects.toThrow(/1_create\.sql was changed/);
    expect(await query("select to_regclass('u') as u")).toEqual([{ u: null }]);
  });

  it("two launchers at once apply each file once", async () => {
    write("1_create.sql", "create table t (n int); select pg_sleep(0.2)");
    write("2_fill.sql", "insert into t values (1)");
    expect((await Promise.all([migrate(), migrate()])).flat().toSorted()).toEqual(["1", "2"]);
    expect(await query("select n from t")).toEqual([{ n: 1 }]);
  });
});
