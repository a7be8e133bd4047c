import { randomBytes } from "node:crypto";
import { attach } from "@herald/stack";
import pg from "pg";
import { databaseUrl, withOwner } from "./connect.ts";
import { templateDatabase } from "./template.ts";

export type TestDatabase = {
  /** Owner's rights, past every policy: for arranging and for looking, never for what is under test. */
  readonly owner: pg.Pool;
  readonly urls: { readonly owner: string; readonly verbs: string; readonly door: string; readonly engine: string };
  readonly drop: () => Promise<void>;
};

/**
 * A migrated database of the suite's own, on the Postgres of the stack that the run has booted.
 * @throws when no stack is up: suites that need one are named `*.int.test.ts`
 */
export async function testDatabase(): Promise<TestDatabase> {
  const stateDir = process.env["HERALD_TEST_STATE_DIR"];
  if (stateDir === undefined) throw new Error("HERALD_TEST_STATE_DIR names no stack: run the project `integration`");
  const { settings } = attach(stateDir);
  const urlOf = (name: string): string => {
    const url = settings[name];
    if (url === undefined) throw new Error(`the stack has no ${name}`);
    return url;
  };
  const ownerUrl = urlOf("OWNER_DATABASE_URL");
  const template = await templateDatabase(ownerUrl);
  const name = `herald_test_${randomBytes(6).toString("hex")}`;
  await withOwner(ownerUrl, async (client) => {
    await client.query(`create database ${name} template ${pg.escapeIdentifier(template)}`);
    await client.query(`alter database ${name} set search_path = "$user", public, extensions`);
  });
  const owner = new pg.Pool({ connectionString: databaseUrl(ownerUrl, name), max: 4 });
  owner.on("error", () => undefined);
  return {
    owner,
    urls: {
      owner: databaseUrl(ownerUrl, name),
      verbs: databaseUrl(urlOf("VERBS_DATABASE_URL"), name),
      door: databaseUrl(urlOf("DOOR_DATABASE_URL"), name),
      engine: databaseUrl(urlOf("ENGINE_DATABASE_URL"), name),
    },
    async drop() {
      await owner.end();
      await withOwner(ownerUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
