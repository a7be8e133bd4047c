import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { SignJWT } from "jose";
import { withConnection } from "../database/connect.ts";
import { pickPort } from "../launcher/ports.ts";
import type { Settings } from "../launcher/server.ts";
import { httpAnswers, spawnProcess } from "../processes/app-process.ts";
import { locateTool } from "../provision/tool.ts";
import { nodeScript } from "../servers/node-script.ts";
import { postgrestEnvironment, postgrestTool } from "../servers/postgrest.ts";
import { setting } from "./test-stack.ts";

const bootstrapSql = new URL("../database/bootstrap.sql", import.meta.url);
const schemaSql = new URL("./rest-schema.sql", import.meta.url);

export interface RestApi {
  readonly url: string;
  /** Address of the API's own database, as superuser. */
  readonly ownerUrl: string;
  token(claims: Readonly<Record<string, unknown>>, lifetimeSeconds?: number): Promise<string>;
  stop(): Promise<void>;
}

/** PostgREST and front over a database of their own, beside the product's on the same server, so that neither sees the other. */
export async function startRestApi(settings: Settings, stateDir: string): Promise<RestApi> {
  const database = `stack_check_${randomUUID().replaceAll("-", "")}`;
  const serverUrl = setting(settings, "OWNER_DATABASE_URL");
  const ownerUrl = inDatabase(serverUrl, database);
  const login = { role: `${database}_login`, password: randomUUID() };
  await withConnection(serverUrl, (client) => client.query(`create database ${database}`));
  await withConnection(ownerUrl, async (client) => {
    await client.query(readFileSync(bootstrapSql, "utf8"));
    await client.query(readFileSync(schemaSql, "utf8"));
    await client.query(
      `create role ${login.role} login noinherit password '${login.password}'; grant anon, authenticated, service_role to ${login.role}`,
    );
  });
  const databaseUrl = new URL(ownerUrl);
  databaseUrl.username = login.role;
  databaseUrl.password = login.password;

  const jwtSecret = setting(settings, "SUPABASE_JWT_SECRET");
  const [port, adminPort, frontPort] = [await pickPort(new Set()), await pickPort(new Set()), await pickPort(new Set())];
  const tool = await locateTool(postgrestTool, process.env);
  if (!tool) throw new Error("PostgREST was not located");
  const postgrest = await spawnProcess({
    name: "check-postgrest",
    stateDir,
    command: tool.path,
    args: [],
    env: postgrestEnvironment({ databaseUrl: databaseUrl.href, jwtSecret, port, adminPort }),
    ready: async () => (await fetch(`http://127.0.0.1:${adminPort}/ready`)).ok,
  });
  const url = `http://127.0.0.1:${frontPort}`;
  const front = await spawnProcess({
    name: "check-front",
    stateDir,
    ...nodeScript("supabase-front/main.ts", { PORT: frontPort, REST_PORT: port, AUTH_PORT: adminPort }),
    ready: httpAnswers(url),
  });
  return {
    url,
    ownerUrl,
    token: (claims, lifetimeSeconds = 3_600) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setExpirationTime(Math.floor(Date.now() / 1_000) + lifetimeSeconds)
        .sign(new TextEncoder().encode(jwtSecret)),
    async stop() {
      await front.stop();
      await postgrest.stop();
      await withConnection(serverUrl, async (client) => {
        await client.query(`drop database ${database} with (force)`);
        await client.query(`drop role ${login.role}`);
      });
    },
  };
}

function inDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
