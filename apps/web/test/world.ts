import { randomBytes } from "node:crypto";
import { type CampaignId, parseUserId, type Role, type UserId, type WorkspaceId } from "@herald/kernel";
import { attach } from "@herald/stack";
import { createWorld, type Shop, type World } from "@herald/testkit";
import { createClient } from "@supabase/supabase-js";
import { buildServices } from "../src/container.ts";
import type { Handler } from "../src/doors/door.ts";
import type { Services } from "../src/doors/services.ts";
import { parseEnv } from "../src/env.ts";

export type Person = { readonly userId: UserId; readonly token: string; readonly email: string; readonly password: string };
type Settings = Readonly<Record<string, string | undefined>>;

/** Doors on real Postgres, Auth, Temporal, Redis and Pusher; the database is the suite's own, people sign in for real. */
export type DoorWorld = {
  readonly world: World;
  readonly services: Services;
  readonly appSecret: string;
  readonly settings: Settings;
  /** The same deployment with other settings: a part left out, a store away. */
  readonly servicesWith: (settings: Settings) => Promise<Services>;
  readonly aPerson: () => Promise<Person>;
  readonly join: (person: Person, workspaceId: WorkspaceId, role: Role) => Promise<void>;
  /** A campaign with one recipient, launched. */
  readonly aCampaign: (shop: Shop) => Promise<CampaignId>;
  readonly close: () => Promise<void>;
};

export async function createDoorWorld(): Promise<DoorWorld> {
  const { settings } = attach(process.env["HERALD_TEST_STATE_DIR"] ?? "");
  const world = await createWorld();
  const appSecret = randomBytes(16).toString("hex");
  const base: Settings = {
    ...settings,
    VERBS_DATABASE_URL: world.database.urls.verbs,
    DOOR_DATABASE_URL: world.database.urls.door,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: randomBytes(16).toString("hex"),
    HERALD_LOG_LEVEL: "error",
  };
  const opened: Services[] = [];
  const servicesWith = async (changed: Settings): Promise<Services> => {
    const services = await buildServices(parseEnv({ ...base, ...changed }));
    opened.push(services);
    return services;
  };
  return {
    world,
    appSecret,
    settings: base,
    services: await servicesWith({}),
    servicesWith,
    aPerson: () => signUp(settings["SUPABASE_URL"] ?? "", settings["SUPABASE_ANON_KEY"] ?? ""),
    async join({ userId }, workspaceId, role) {
      await world.database.owner.query("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, $3)", [
        workspaceId,
        userId,
        role,
      ]);
    },
    aCampaign: async (shop) =>
      shop
        .aCampaign()
        .with(await shop.contacts(1))
        .launch(),
    async close() {
      await Promise.all(opened.map((services) => services.close()));
      await world.close();
    },
  };
}

async function signUp(url: string, anonKey: string): Promise<Person> {
  const email = `${randomBytes(8).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("hex");
  const { data, error } = await createClient(url, anonKey, { auth: { persistSession: false } }).auth.signUp({ email, password });
  const userId = parseUserId(data.user?.id ?? "");
  if (error || !userId || !data.session) throw new Error(`sign-up failed: ${error?.message ?? "no session"}`);
  return { userId, token: data.session.access_token, email, password };
}

export type Call = {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object;
};

const origin = "http://127.0.0.1:3000";

/** One request through a door; an object as body travels as JSON. */
export function open(door: Handler, services: Services, method: string, call: Call, person: Person | null = null): Promise<Response> {
  const isObject = typeof call.body === "object" && !(call.body instanceof Uint8Array);
  const body = isObject ? JSON.stringify(call.body) : (call.body as BodyInit | undefined);
  const headers = {
    ...(isObject && { "content-type": "application/json" }),
    ...(person && { authorization: `Bearer ${person.token}` }),
    ...call.headers,
  };
  const request = new Request(new URL(call.path, origin), { method, headers, ...(body !== undefined && { body }) });
  return door.openOn(services, request, call.params ?? {});
}

export const jsonOf = async (response: Response): Promise<Record<string, unknown>> => (await response.json()) as Record<string, unknown>;
