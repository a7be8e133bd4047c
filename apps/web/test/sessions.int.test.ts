import { createHmac } from "node:crypto";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withCookies } from "../src/panel/request-cookies.ts";
import { allRoutes, type Route } from "./routes.ts";
import { type Call, createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let routes: readonly Route[];
let shop: Shop;
let ana: Person;

beforeAll(async () => {
  doors = await createDoorWorld();
  routes = await allRoutes();
  shop = await doors.world.aShop();
  ana = await doors.aPerson();
  await doors.join(ana, shop.workspaceId, "admin");
});
afterAll(() => doors.close());

const call = (
  method: string,
  path: string,
  more: Omit<Call, "path"> = {},
  person: Person | null = null,
  services = doors.services,
): Promise<Response> => {
  const route = routes.find((candidate) => candidate.path === path && candidate.method === method);
  if (!route) throw new Error(`no ${method} ${path}`);
  return open(route.handler, services, method, { path, ...more }, person);
};
const cookieHeader = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
const namesOf = (cookies: string): readonly string[] => cookies.split("; ").map((pair) => pair.slice(0, pair.indexOf("=")));
const origin = "http://127.0.0.1:3000";
/** A session as the cookie keeps it, made up where it is not told. */
function encodeSession(told: object): string {
  const made = { access_token: "a.b.c", refresh_token: "unknown", token_type: "bearer", expires_in: 3600, user: { id: "x" }, ...told };
  return `base64-${Buffer.from(JSON.stringify(made)).toString("base64url")}`;
}
function sessionIn(cookies: string): object {
  const value = cookies
    .split("; ")
    .map((pair) => pair.slice(pair.indexOf("=") + 1))
    .join("");
  return JSON.parse(Buffer.from(value.replace("base64-", ""), "base64url").toString()) as object;
}

test("a browser signs in, is known by its cookie alone, and is nobody after signing out", async () => {
  const { email, password, userId } = ana;
  const signedIn = await call("POST", "/api/auth/sign-in", { body: { email, password }, headers: { origin } });
  expect(await jsonOf(signedIn)).toMatchObject({
    userId,
    accessToken: null,
    workspaces: [{ workspaceId: shop.workspaceId, role: "admin", onlyAdminsSend: false }],
  });
  for (const cookie of signedIn.headers.getSetCookie()) expect(cookie).toMatch(/^herald-session.*HttpOnly.*SameSite=Lax/);

  const cookie = cookieHeader(signedIn);
  expect(await jsonOf(await call("GET", "/api/auth/me", { headers: { cookie } }))).toMatchObject({ userId, email });
  expect((await call("POST", "/api/auth/sign-out", { headers: { cookie, origin: "https://evil.example" } })).status).toBe(403);

  const signedOut = await call("POST", "/api/auth/sign-out", { headers: { cookie, origin } });
  expect(signedOut.status).toBe(200);
  expect(signedOut.headers.getSetCookie().join()).toMatch(/herald-session.*Max-Age=0/);
  expect((await call("GET", "/api/auth/me", { headers: { cookie: cookieHeader(signedOut) } })).status).toBe(401);
});

const staleCookies =
  "herald-session=base64-old; herald-session.0=base64-other; herald-session.1=rest; herald-session.7=far; herald-theme=dark";

test("signing in leaves the new session's cookies alone: those of an older session go, whatever their number", async () => {
  const { email, password, userId } = ana;
  const signedIn = await call("POST", "/api/auth/sign-in", { body: { email, password }, headers: { origin, cookie: staleCookies } });
  expect(signedIn.status).toBe(200);
  const lines = signedIn.headers.getSetCookie();
  for (const line of lines) expect(line).toMatch(/Path=\/; HttpOnly; SameSite=Lax/);
  const left = withCookies(staleCookies, lines);
  const ofTheNew = cookieHeader(await call("POST", "/api/auth/sign-in", { body: { email, password } }));
  expect(namesOf(left).toSorted()).toEqual([...namesOf(ofTheNew), "herald-theme"].toSorted());
  expect(await jsonOf(await call("GET", "/api/auth/me", { headers: { cookie: left } }))).toMatchObject({ userId });
});

test("a wrong password and a token for a script leave the browser's session as it is", async () => {
  const { email, password } = ana;
  for (const body of [
    { email, password: "wrong" },
    { email, password, session: "token" },
  ]) {
    const response = await call("POST", "/api/auth/sign-in", { body, headers: { origin, cookie: staleCookies } });
    expect(response.headers.getSetCookie()).toEqual([]);
  }
});

test.each([
  ["garbage in pieces", staleCookies],
  ["garbage that is no session", "herald-session=garbage; herald-theme=dark"],
  ["a session that Auth does not know", `herald-session=${encodeSession({ expires_at: 9_999_999_999 })}; herald-theme=dark`],
  ["a session that ended long ago", `herald-session.0=${encodeSession({ expires_at: 1 })}; herald-theme=dark`],
  [
    "a token that no header can carry",
    `herald-session=${encodeSession({ expires_at: 9_999_999_999, access_token: "\u{1f600}\n" })}; herald-theme=dark`,
  ],
  ["no session", "herald-theme=dark"],
])("signing out with %s clears the cookie, and is no failure", async (_, cookie) => {
  const signedOut = await call("POST", "/api/auth/sign-out", { headers: { cookie, origin } });
  expect([signedOut.status, await jsonOf(signedOut)]).toEqual([200, { signedOut: true }]);
  expect(withCookies(cookie, signedOut.headers.getSetCookie())).toBe("herald-theme=dark");
});

test("signing out ends the session at Auth, and clears the cookie with Auth away too", async () => {
  const { email, password } = ana;
  const cookie = cookieHeader(await call("POST", "/api/auth/sign-in", { body: { email, password }, headers: { origin } }));
  const away = await doors.servicesWith({ SUPABASE_URL: "http://127.0.0.1:1" });
  const cleared = await call("POST", "/api/auth/sign-out", { headers: { cookie, origin } }, null, away);
  expect([cleared.status, withCookies(cookie, cleared.headers.getSetCookie())]).toEqual([200, ""]);

  const expired = `herald-session=${encodeSession({ ...sessionIn(cookie), expires_at: 1 })}`;
  expect((await call("POST", "/api/auth/sign-out", { headers: { cookie, origin } })).status).toBe(200);
  expect((await call("GET", "/api/auth/me", { headers: { cookie: expired } })).status).toBe(401);
});

test("a script asks for a token, gets no cookie, and is known by it", async () => {
  const { email, password, userId } = ana;
  const signedIn = await call("POST", "/api/auth/sign-in", { body: { email, password, session: "token" } });
  expect(signedIn.headers.getSetCookie()).toEqual([]);
  const { accessToken } = await jsonOf(signedIn);
  const me = await call("GET", "/api/auth/me", { headers: { authorization: `Bearer ${String(accessToken)}` } });
  expect(await jsonOf(me)).toMatchObject({ userId });
});

test("a wrong password and an unknown address answer alike", async () => {
  const answers = await Promise.all(
    [ana.email, "nobody@example.com"].map(async (email) => {
      const response = await call("POST", "/api/auth/sign-in", { body: { email, password: "wrong" } });
      const { requestId, ...problem } = await jsonOf(response);
      expect(requestId).toEqual(expect.any(String));
      return problem;
    }),
  );
  expect(answers[0]).toMatchObject({ status: 401, type: "urn:herald:problem:wrong_credentials" });
  expect(answers[0]).toEqual(answers[1]);
});

test("a foreign page cannot sign its visitor in", async () => {
  const { email, password } = ana;
  expect((await call("POST", "/api/auth/sign-in", { body: { email, password }, headers: { origin: "https://evil.example" } })).status).toBe(
    403,
  );
});

test("with Auth away nobody is called a stranger: 503, not 401", async () => {
  const away = await doors.servicesWith({ SUPABASE_URL: "http://127.0.0.1:1" });
  const route = routes.find(({ path }) => path === "/api/auth/me");
  if (!route) throw new Error("no door /api/auth/me");
  expect((await open(route.handler, away, "GET", { path: "/api/auth/me" }, ana)).status).toBe(503);
});

test("a member may listen to the own workspace's channel, as pusher-js asks, and the signature is Pusher's", async () => {
  const channel = `private-workspace-${shop.workspaceId}`;
  const form = new URLSearchParams({ socket_id: "1234.5678", channel_name: channel }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { auth } = await jsonOf(await call("POST", "/api/realtime/auth", { body: form, headers }, ana));
  const { PUSHER_KEY = "", PUSHER_SECRET = "" } = doors.settings;
  expect(auth).toBe(`${PUSHER_KEY}:${createHmac("sha256", PUSHER_SECRET).update(`1234.5678:${channel}`).digest("hex")}`);
});

test("the former way to connect WhatsApp is gone, and says which way to go", async () => {
  const response = await call("GET", "/api/sources/whatsapp/connect");
  expect(response.status).toBe(410);
  expect(await jsonOf(response)).toMatchObject({ type: "urn:herald:problem:gone", cure: expect.stringContaining("system-user token") });
});

test("an address that no door has answers a problem under every method, whatever its query", async () => {
  const nowhere = routes.filter(({ path }) => path === "/api/[...path]");
  expect(nowhere).toHaveLength(5);
  for (const { handler, method } of nowhere) {
    const response = await open(handler, doors.services, method, { path: "/api/nowhere?at=all", params: { path: "nowhere" } });
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(await jsonOf(response)).toMatchObject({ type: "urn:herald:problem:no_such_address", cure: expect.any(String) });
  }
});

test("health names every service, and what is not configured is no failure", async () => {
  expect(await jsonOf(await call("GET", "/api/health"))).toMatchObject({
    status: "ok",
    services: {
      postgres: { state: "up" },
      auth: { state: "up" },
      temporal: { state: "up" },
      redis: { state: "up" },
      realtime: { state: "up" },
    },
  });
  const route = routes.find(({ path }) => path === "/api/health");
  if (!route) throw new Error("no door /api/health");
  const degraded = await doors.servicesWith({ TEMPORAL_ADDRESS: "127.0.0.1:1", UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "" });
  const response = await open(route.handler, degraded, "GET", { path: "/api/health" });
  expect([response.status, await jsonOf(response)]).toMatchObject([
    200,
    { status: "degraded", services: { temporal: { state: "down" }, redis: { state: "not_configured" } } },
  ]);
});
