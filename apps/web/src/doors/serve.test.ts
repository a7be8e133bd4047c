import { err, ok, parseUserId, parseWorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { z } from "zod";
import { json } from "./body.ts";
import { fromPath, type MemberDoor } from "./declaration.ts";
import { WorkspaceParams } from "./ids.ts";
import { serve } from "./serve.ts";
import type { Services, Session } from "./services.ts";

const workspaceId = "00000000-0000-4000-8000-00000000000a";
const userId = parseUserId("00000000-0000-4000-8000-000000000001");
const ownWorkspace = parseWorkspaceId(workspaceId);
if (!userId || !ownWorkspace) throw new Error("not an id");
const session: Session = { userId, email: "ana@example.com", via: "bearer", accessToken: "a.b.c", cookies: [] };

type Line = readonly [event: string, fields: Readonly<Record<string, unknown>>];
const never = (): never => {
  throw new Error("not part of this test");
};
/** Services that answer nothing but what a test gives them, and keep the log. */
function servicesOf(given: Partial<Services> = {}) {
  const lines: Line[] = [];
  const slept: number[] = [];
  const services: Services = {
    log: { info: (event, fields) => void lines.push([event, fields]), error: (event, fields) => void lines.push([event, fields]) },
    clock: { monotonicMs: () => 0, sleep: async (durationMs) => void slept.push(durationMs) },
    publicUrl: new URL("https://herald.example"),
    sessions: { read: async () => ok(session), signIn: never, signOut: never, signUp: never },
    directory: {
      memberships: never,
      membershipOf: async () => ({
        workspaceId: ownWorkspace as NonNullable<typeof ownWorkspace>,
        name: "Shop",
        role: "member",
        onlyAdminsSend: false,
      }),
      workspaceOfCampaign: never,
    },
    transactions: { run: never, runOnce: never },
    doorstep: never,
    missingParts: () => [],
    durable: null,
    realtime: null,
    readerOf: never,
    whatsapp: { isVerifyToken: never, isSigned: never, store: never },
    health: never,
    isUnavailable: () => false,
    close: never,
    ...given,
  };
  return { services, lines, slept };
}

const Answer = z.strictObject({ greeting: z.string() });
const greet = {
  auth: "member",
  action: "contacts.write",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  body: json(z.strictObject({ name: z.string().max(5) }), { maxBytes: 100 }),
  input: ({ body }: { body: { name: string } }) => body.name,
  effect: async (_services: Services, name: string) => ok({ greeting: `Hello ${name}` }),
  answer: Answer,
  present: (value: { greeting: string }) => value,
} as const;
const post = (body: string, headers: Record<string, string> = {}): Request =>
  new Request("https://herald.example/api/greet", { method: "POST", body, headers });
const opened = async (door: Partial<typeof greet> | object, request: Request, services: Services) =>
  serve(
    { ...greet, ...door } as unknown as MemberDoor<
      { workspaceId: never },
      unknown,
      { name: string },
      string,
      { greeting: string },
      void,
      typeof Answer
    >,
    services,
    request,
    {
      workspaceId,
    },
  );

test("an answer carries the caller's request id, is never cached, and is logged once without a word of the body", async () => {
  const { services, lines } = servicesOf();
  const response = await opened({}, post('{"name":"Ana"}', { "x-request-id": "caller-0001" }), services);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ greeting: "Hello Ana" });
  expect(response.headers.get("x-request-id")).toBe("caller-0001");
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(lines.map(([event]) => event)).toEqual(["door.answered"]);
  expect(JSON.stringify(lines)).not.toContain("Ana");
  expect(JSON.stringify(lines)).not.toContain(session.email);
});

test("an unexpected error is a 500 that tells nothing, and the log has it under the same id", async () => {
  const { services, lines } = servicesOf();
  const effect = async () => {
    throw new Error("password=hunter2 at db.internal");
  };
  const response = await opened({ effect }, post('{"name":"Ana"}'), services);
  const problem = (await response.json()) as { requestId: string };
  expect(response.status).toBe(500);
  expect(JSON.stringify(problem)).not.toMatch(/hunter2|db\.internal/);
  expect(lines.map(([event, { requestId }]) => [event, requestId])).toEqual([
    ["door.defect", problem.requestId],
    ["door.answered", problem.requestId],
  ]);
});

test("a store that is away is a 503 with a next step, not a 500", async () => {
  const { services } = servicesOf({ isUnavailable: () => true });
  const response = await opened({ effect: never }, post('{"name":"Ana"}'), services);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ type: "urn:herald:problem:unavailable", cure: expect.any(String) });
});

test("an answer that does not fit its own schema is our mistake", async () => {
  const { services, lines } = servicesOf();
  const effect = async () => ok({ greeting: "Hello", secret: "x" });
  expect((await opened({ effect }, post('{"name":"Ana"}'), services)).status).toBe(500);
  expect(lines[0]?.[1]["error"]).toMatchObject({ name: "AnswerInvalid", message: ": unrecognized_keys" });
});

test.each([
  ["no JSON", "{", 400, "malformed_body"],
  ["an unknown member", '{"name":"Ana","more":1}', 422, "invalid_input"],
  ["a wrong value", '{"name":"Annabelle"}', 422, "invalid_input"],
  ["a body over the limit", `{"name":"${"x".repeat(200)}"}`, 413, "body_too_large"],
])("bad input is told as a typed problem: %s", async (_name, body, status, type) => {
  const response = await opened({}, post(body), servicesOf().services);
  expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([status, `urn:herald:problem:${type}`]);
});

test("every wrong value of a body is one issue with its path", async () => {
  const body = json(z.strictObject({ name: z.string(), age: z.number() }));
  const response = await opened({ body }, post('{"name":1,"age":"x"}'), servicesOf().services);
  expect(await response.json()).toMatchObject({ issues: [{ path: "name" }, { path: "age" }] });
});

test("a role without the right is refused before its body is read", async () => {
  const request = post('{"name":"Ana"}');
  const response = await opened({ action: "billing.manage" }, request, servicesOf().services);
  expect(response.status).toBe(403);
  expect(request.bodyUsed).toBe(false);
});

test.each([
  ["no origin", {}, 403],
  ["a foreign page", { origin: "https://evil.example" }, 403],
  ["an opaque origin", { origin: "null" }, 403],
  ["our own page", { origin: "https://herald.example" }, 200],
  ["the address it was asked under", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, 200],
  ["an old browser's own page", { "sec-fetch-site": "same-origin" }, 200],
])("under a cookie session a change from %s answers %s", async (_name, headers, status) => {
  const { services } = servicesOf({
    sessions: { read: async () => ok({ ...session, via: "cookie" as const }), signIn: never, signOut: never, signUp: never },
  });
  expect((await opened({}, post('{"name":"Ana"}', headers), services)).status).toBe(status);
});

test("a session refreshed on the way reaches the browser, also with a refusal", async () => {
  const cookies = ["herald-session=new; Path=/; HttpOnly"];
  const { services } = servicesOf({
    sessions: { read: async () => ok({ ...session, cookies }), signIn: never, signOut: never, signUp: never },
  });
  const response = await opened({ effect: async () => err({ type: "not_found", resource: "thing" }) }, post('{"name":"Ana"}'), services);
  expect(response.status).toBe(404);
  expect(response.headers.getSetCookie()).toEqual(cookies);
});

test("what this deployment lacks is named before anything is begun", async () => {
  const { services } = servicesOf({ missingParts: (parts) => parts });
  const response = await opened({ needs: ["temporal", "redis"], effect: never }, post('{"name":"Ana"}'), services);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ type: "urn:herald:problem:not_configured", parts: ["temporal", "redis"] });
});

test("of a path the part that cannot be is named, not the one before it", async () => {
  const params = WorkspaceParams.extend({ blockId: z.string().regex(/^[0-9]+$/) });
  const { services } = servicesOf();
  const missing = async (raw: object) => {
    const response = await serve({ ...greet, params } as never, services, post('{"name":"Ana"}'), raw);
    return ((await response.json()) as { detail: string }).detail;
  };
  expect(await missing({ workspaceId, blockId: "x" })).toContain("no such block");
  expect(await missing({ workspaceId: "x", blockId: "1" })).toContain("no such workspace");
});
