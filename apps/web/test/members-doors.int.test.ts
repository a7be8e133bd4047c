import { randomBytes } from "node:crypto";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Services } from "../src/doors/services.ts";
import { allRoutes, type Route } from "./routes.ts";
import { type Call, createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let routes: readonly Route[];
let shop: Shop;
let olga: Person;
let services: Services;
const logged: string[] = [];

beforeAll(async () => {
  doors = await createDoorWorld();
  routes = await allRoutes();
  const keep = (event: string, fields: object): void => void logged.push(JSON.stringify([event, fields]));
  services = { ...doors.services, log: { info: keep, error: keep } };
});
afterAll(() => doors.close());
beforeEach(async () => {
  shop = await doors.world.aShop();
  olga = await doors.aPerson();
  await doors.join(olga, shop.workspaceId, "owner");
});

const origin = "http://127.0.0.1:3000";
const call = (method: string, path: string, more: Omit<Call, "path"> = {}, person: Person | null = null): Promise<Response> => {
  const route = routes.find((candidate) => candidate.path === path && candidate.method === method);
  if (!route) throw new Error(`no ${method} ${path}`);
  return open(route.handler, services, method, { path, ...more }, person);
};
const inShop = (rest: Readonly<Record<string, string>> = {}) => ({ params: { workspaceId: shop.workspaceId, ...rest } });
const here = "/api/workspaces/[workspaceId]";
const newAddress = (): string => `${randomBytes(6).toString("hex")}@example.com`;
const password = "twelve letters or more";

async function invited(email: string, role = "member", person = olga) {
  const response = await call("POST", `${here}/invitations`, { ...inShop(), body: { email, role } }, person);
  expect(response.status).toBe(200);
  const answer = await jsonOf(response);
  const link = new URL(String(answer["link"]));
  return { ...answer, link, token: link.hash.slice(1), invitationId: String(answer["invitationId"]) };
}
const signUp = (token: string, more: object = {}, headers: Readonly<Record<string, string>> = { origin }) =>
  call("POST", "/api/auth/sign-up", { body: { token, password, ...more }, headers });
const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
const typeOf = async (response: Response): Promise<readonly unknown[]> => [response.status, (await jsonOf(response))["type"]];
const problem = (status: number, type: string) => [status, `urn:herald:problem:${type}`];

test("an invited person makes an account by the link, joins by its cookie, and is a member; again changes nothing", async () => {
  const email = newAddress();
  const { token, link } = await invited(email, "viewer");
  expect([link.origin, link.pathname, link.search]).toEqual([origin, "/invite", ""]);
  expect(await jsonOf(await call("POST", "/api/invitations/look", { body: { token } }))).toMatchObject({ email, role: "viewer" });

  const signedUp = await signUp(token);
  expect(await jsonOf(signedUp)).toMatchObject({ accessToken: null, workspaces: [] });
  for (const cookie of signedUp.headers.getSetCookie()) expect(cookie).toMatch(/^herald-session.*HttpOnly.*SameSite=Lax/);
  const headers = { cookie: cookieOf(signedUp), origin };
  const accepting = () => call("POST", "/api/invitations/accept", { body: { token }, headers });
  expect(await jsonOf(await accepting())).toMatchObject({ workspaceId: shop.workspaceId, role: "viewer", isNew: true });
  expect(await jsonOf(await accepting())).toMatchObject({ workspaceId: shop.workspaceId, role: "viewer", isNew: false });
  expect(await jsonOf(await call("GET", "/api/auth/me", { headers }))).toMatchObject({
    email,
    workspaces: [{ workspaceId: shop.workspaceId, role: "viewer" }],
  });
});

test("without an open invitation nobody gets an account: unknown, used, revoked and expired links make none", async () => {
  const email = newAddress();
  expect(await typeOf(await signUp("never-made"))).toEqual(problem(404, "invitation_unknown"));
  const revoked = await invited(email);
  await call("DELETE", `${here}/invitations/[invitationId]`, inShop({ invitationId: revoked.invitationId }), olga);
  expect(await typeOf(await signUp(revoked.token))).toEqual(problem(404, "invitation_unknown"));
  const expired = await invited(email);
  await doors.world.database.owner.query("update invitations set expires_at = now() where id = $1", [expired.invitationId]);
  expect(await typeOf(await signUp(expired.token))).toEqual(problem(410, "invitation_expired"));
  expect(await typeOf(await call("POST", "/api/auth/sign-in", { body: { email, password } }))).toEqual(problem(401, "wrong_credentials"));
});

test("an address that has an account is not told apart from a password that Auth refuses", async () => {
  const known = await doors.aPerson();
  const { token } = await invited(known.email);
  const refused = await signUp(token);
  expect(refused.headers.getSetCookie()).toEqual([]);
  const { type, detail } = await jsonOf(refused);
  expect(type).toBe("urn:herald:problem:sign_up_refused");
  expect(String(detail)).not.toMatch(/exist|known|already/);
  // and the person it belongs to comes in by signing in
  expect(await jsonOf(await call("POST", "/api/invitations/accept", { body: { token } }, known))).toMatchObject({ isNew: true });
});

test("a password of eleven characters is refused before anything happens, with what would be right", async () => {
  const { token } = await invited(newAddress());
  const response = await signUp(token, { password: "eleven char" });
  expect(await jsonOf(response)).toMatchObject({
    status: 422,
    issues: [{ path: "password", message: "has fewer than 12 characters", cure: "Write at least 12 characters." }],
  });
  expect((await signUp(token)).status).toBe(200);
});

test("an invitation is refused to anybody else who is signed in, and tells no address", async () => {
  const email = newAddress();
  const { token } = await invited(email);
  const eve = await doors.aPerson();
  const response = await call("POST", "/api/invitations/accept", { body: { token } }, eve);
  const refusal = await jsonOf(response);
  expect([response.status, refusal["type"]]).toEqual(problem(403, "invitation_foreign"));
  expect(JSON.stringify(refusal)).not.toContain("example.com");
});

test("a foreign page can neither sign its visitor up, nor make its visitor join", async () => {
  const visitor = await doors.aPerson();
  const { token } = await invited(visitor.email);
  const foreign = { origin: "https://evil.example" };
  expect(await typeOf(await signUp(token, {}, foreign))).toEqual(problem(403, "foreign_origin"));
  const { email } = visitor;
  const signedIn = await call("POST", "/api/auth/sign-in", { body: { email, password: visitor.password }, headers: { origin } });
  const headers = { cookie: cookieOf(signedIn), ...foreign };
  expect(await typeOf(await call("POST", "/api/invitations/accept", { body: { token }, headers }))).toEqual(problem(403, "foreign_origin"));
});

test("a removed member is out with the next request", async () => {
  const mia = await doors.aPerson();
  await doors.join(mia, shop.workspaceId, "admin");
  const settings = () => call("GET", `${here}/settings`, inShop(), mia);
  expect((await settings()).status).toBe(200);
  expect((await call("DELETE", `${here}/members/[userId]`, inShop({ userId: mia.userId }), olga)).status).toBe(200);
  expect((await settings()).status).toBe(404);
});

test("an admin makes and touches no owner, and the last owner stays", async () => {
  await doors.world.database.owner.query("delete from workspace_members where workspace_id = $1 and user_id <> $2", [
    shop.workspaceId,
    olga.userId,
  ]);
  const adam = await doors.aPerson();
  await doors.join(adam, shop.workspaceId, "admin");
  const change = (userId: string, role: string, person: Person) =>
    call("PATCH", `${here}/members/[userId]`, { ...inShop({ userId }), body: { role } }, person);
  expect(await typeOf(await change(olga.userId, "member", adam))).toEqual(problem(403, "role_too_high"));
  expect(await typeOf(await change(adam.userId, "owner", adam))).toEqual(problem(403, "role_too_high"));
  const toOwner = call("POST", `${here}/invitations`, { ...inShop(), body: { email: newAddress(), role: "owner" } }, adam);
  expect(await typeOf(await toOwner)).toEqual(problem(403, "role_too_high"));
  const owners = await invited(newAddress(), "owner");
  const renew = call("POST", `${here}/invitations/[invitationId]/renew`, inShop({ invitationId: owners.invitationId }), adam);
  expect(await typeOf(await renew)).toEqual(problem(403, "role_too_high"));
  expect(await typeOf(await change(olga.userId, "admin", olga))).toEqual(problem(409, "last_owner"));
  expect(await typeOf(await call("POST", `${here}/leave`, inShop(), olga))).toEqual(problem(409, "last_owner"));
});

test("settings refuse a country without a numbering plan, and answer what holds now", async () => {
  const patch = (body: object) => call("PATCH", `${here}/settings`, { ...inShop(), body }, olga);
  expect(await jsonOf(await patch({ defaultCountry: "XX" }))).toMatchObject({ status: 422, issues: [{ path: "defaultCountry" }] });
  expect(await jsonOf(await patch({ frequencyCapHours: 0 }))).toMatchObject({ status: 422, issues: [{ path: "frequencyCapHours" }] });
  expect(await jsonOf(await patch({ defaultCountry: "PT", frequencyCapHours: null }))).toMatchObject({
    defaultCountry: "PT",
    frequencyCapHours: null,
    maxRecipients: 50_000,
  });
});

test("no token, no address and no password ever reached the log", async () => {
  const email = newAddress();
  const { token, invitationId } = await invited(email);
  await call("POST", "/api/invitations/look", { body: { token } });
  await signUp(token);
  await signUp(`${token}x`);
  await call("POST", "/api/invitations/accept", { body: { token } }, olga);
  const renewed = await jsonOf(await call("POST", `${here}/invitations/[invitationId]/renew`, inShop({ invitationId }), olga));
  expect(logged.length).toBeGreaterThan(10);
  for (const secret of [token, String(renewed["link"]).split("#")[1] ?? "", email, password]) {
    expect(secret).not.toBe("");
    expect(logged.filter((line) => line.includes(secret))).toEqual([]);
  }
});
