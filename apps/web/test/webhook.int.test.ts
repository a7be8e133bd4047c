import { createHmac, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Services } from "../src/doors/services.ts";
import { allRoutes, type Route } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open } from "./world.ts";

const path = "/api/webhooks/whatsapp";
let doors: DoorWorld;
let routes: readonly Route[];

beforeAll(async () => {
  doors = await createDoorWorld();
  routes = await allRoutes();
});
afterAll(() => doors.close());

const handlerOf = (method: string) => {
  const route = routes.find((candidate) => candidate.path === path && candidate.method === method);
  if (!route) throw new Error(`no ${method} ${path}`);
  return route.handler;
};
const signature = (body: Uint8Array, secret: string): string => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
const post = (body: Uint8Array, header: string | null, services: Services = doors.services): Promise<Response> =>
  open(handlerOf("POST"), services, "POST", { path, body, headers: header === null ? {} : { "x-hub-signature-256": header } });
async function stored(): Promise<readonly Buffer[]> {
  const { rows } = await doors.world.database.owner.query<{ body: Buffer }>("select body from webhook_inbox order by id");
  return rows.map(({ body }) => body);
}

test("200 means that exactly these bytes are in the inbox, also when they are no JSON", async () => {
  for (const body of [
    Buffer.from('{"object":"whatsapp_business_account","entry":[]}'),
    Buffer.from([0, 255, 123, 10]),
    randomBytes(2_999_000),
  ]) {
    const response = await post(body, signature(body, doors.appSecret));
    expect(response.status).toBe(200);
    expect(await jsonOf(response)).toEqual({ received: true });
    expect((await stored()).at(-1)?.equals(body)).toBe(true);
  }
});

test("a webhook that is not signed with our secret is refused and not stored", async () => {
  const body = Buffer.from('{"entry":[]}');
  const before = (await stored()).length;
  for (const header of [
    null,
    "",
    "sha256=00",
    signature(body, "another secret"),
    signature(Buffer.from('{"entry":[] }'), doors.appSecret),
    signature(body, ""),
  ]) {
    expect((await post(body, header)).status).toBe(401);
  }
  expect((await stored()).length).toBe(before);
});

test("while the secret is rotated the previous one still signs", async () => {
  const previous = randomBytes(16).toString("hex");
  const rotating = await doors.servicesWith({ WHATSAPP_APP_SECRET_PREVIOUS: previous });
  const body = Buffer.from('{"entry":[1]}');
  expect((await post(body, signature(body, previous), rotating)).status).toBe(200);
  expect((await post(body, signature(body, doors.appSecret), rotating)).status).toBe(200);
  expect((await post(body, signature(body, previous))).status).toBe(401);
});

test("a webhook over 3 MB is refused, whatever its length header says", async () => {
  const body = randomBytes(3_000_001);
  expect((await post(body, signature(body, doors.appSecret))).status).toBe(413);
});

test("with the database away the provider is told to come again", async () => {
  const away = await doors.servicesWith({ DOOR_DATABASE_URL: "postgresql://herald_door:x@127.0.0.1:1/postgres" });
  const body = Buffer.from('{"entry":[2]}');
  const response = await post(body, signature(body, doors.appSecret), away);
  expect(response.status).toBe(503);
  expect(await jsonOf(response)).toMatchObject({ type: "urn:herald:problem:unavailable" });
});

test("the handshake gives the challenge back to whoever knows the verify token", async () => {
  const services = await doors.servicesWith({ WHATSAPP_VERIFY_TOKEN: "a-token-of-this-test" });
  const ask = (query: string): Promise<Response> => open(handlerOf("GET"), services, "GET", { path: `${path}?${query}` });
  const known = await ask("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a-token-of-this-test");
  expect([known.status, await known.text()]).toEqual([200, "1158201444"]);
  expect(known.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect((await ask("hub.mode=subscribe&hub.challenge=1&hub.verify_token=another-token-123456")).status).toBe(403);
  expect((await ask("hub.mode=subscribe&hub.challenge=1")).status).toBe(422);
});
