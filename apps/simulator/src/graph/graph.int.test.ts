import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageRow } from "../simulator.ts";
import { demo, type SendBody, templateTo, until } from "../testing/client.ts";
import { startWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.client.control("POST", "reset");
});
afterAll(() => world.close());

type ErrorBody = { readonly error: Record<string, unknown> & { readonly code: number; readonly message: string } };
type NodeBody = Record<string, unknown>;
type PageBody = { readonly data: readonly NodeBody[]; readonly paging?: { readonly next?: string; readonly previous?: string } };
const text = (to: string, body = "hi") => ({ messaging_product: "whatsapp", to, type: "text", text: { body } });

describe("POST /{phone_number_id}/messages", () => {
  it("answers a template exactly as Meta does, with an id that decodes to the number", async () => {
    const { status, body } = await world.client.send("+1 (650) 555-1234", "c1");
    expect(status).toBe(200);
    expect(body).toEqual({
      messaging_product: "whatsapp",
      contacts: [{ input: "+1 (650) 555-1234", wa_id: "16505551234" }],
      messages: [{ id: expect.stringMatching(/^wamid\./), message_status: "accepted" }],
    });
    expect(Buffer.from(body.messages[0]?.id.slice(6) ?? "", "base64").toString("latin1")).toContain("16505551234");
  });

  it("answers a BSUID without a wa_id", async () => {
    const { body } = await world.client.post({ ...templateTo("", "c1"), to: undefined, recipient: "US.13491208655302741918" });
    expect(body).toMatchObject({ contacts: [{ input: "US.13491208655302741918", user_id: "US.13491208655302741918" }] });
  });

  it("takes any version, and none without one", async () => {
    const authorization = { authorization: `Bearer ${demo.token}` };
    const post = (path: string) => world.client.call<ErrorBody>("POST", path, templateTo("+16505551234", "c1"), authorization);
    expect((await post(`/v24.0/${demo.phoneNumberId}/messages`)).status).toBe(200);
    expect((await post(`/${demo.phoneNumberId}/messages`)).body.error.code).toBe(2500);
  });

  it("puts the business's country code before a number without +, so the message reaches somebody else", async () => {
    const { body } = await world.client.post(templateTo("1 (631) 555-1234", "c1"), demo.otherPhoneNumberId);
    expect(body).toMatchObject({ contacts: [{ input: "1 (631) 555-1234", wa_id: "9116315551234" }] });
    expect((await world.client.message("c1"))?.recipients).toEqual(["+9116315551234"]);
  });

  it.each([
    ["+5531987654321", "553187654321"],
    ["+525512345678", "5215512345678"],
  ])("changes the prefix of %s in wa_id and receipts, while truth keeps the number", async (to, waId) => {
    const { body } = await world.client.send(to, "c1");
    expect(body.contacts[0]).toEqual({ input: to, wa_id: waId });
    expect((await world.client.message("c1"))?.accepted[0]).toMatchObject({ recipient: to, waId });
  });

  it.each<[string, string, number, number, RegExp]>([
    ["unknown", demo.phoneNumberId, 190, 401, /Invalid OAuth access token/],
    ["expired", demo.phoneNumberId, 190, 401, /Session has expired/],
    ["elsewhere", demo.phoneNumberId, 100, 400, /Unsupported post request\. Object with ID '4000000000000001'/],
    [demo.token, "4999999999999999", 100, 400, /does not exist/],
  ])("refuses token %s on number %s with %i", async (token, phoneNumberId, code, status, message) => {
    const answer = await world.client.graph<ErrorBody>("POST", `/${phoneNumberId}/messages`, templateTo("+16505551234", "c1"), token);
    expect(answer).toMatchObject({
      status,
      body: { error: { code, message: expect.stringMatching(message), fbtrace_id: expect.any(String) } },
    });
    expect(answer.body.error).not.toHaveProperty("error_data");
    expect((await world.client.message("c1"))?.refused).toMatchObject([{ code }]);
    expect((await world.client.summary()).maxRequestsPerSlidingSecond).toEqual({});
  });

  it("marks an unknown number with subcode 33, and no token with 104", async () => {
    expect(await world.client.graph("POST", "/4999999999999999/messages", {})).toMatchObject({
      body: { error: { code: 100, error_subcode: 33 } },
    });
    expect(await world.client.call("POST", `/v26.0/${demo.phoneNumberId}/messages`, {})).toMatchObject({
      status: 401,
      body: { error: { code: 104 } },
    });
  });

  it.each<[string, unknown, number, string]>([
    ["an unknown template", { name: "nothing", language: { code: "en_US" } }, 132001, "template name (nothing) does not exist in en_US"],
    ["another language", { name: "order_update", language: { code: "de" } }, 132001, "template name (order_update) does not exist in de"],
    ["a paused template", { name: "resting", language: { code: "en_US" } }, 132015, "paused"],
    [
      "missing parameters",
      { name: "order_update", language: { code: "en_US" } },
      132000,
      "(0) does not match the expected number of params (2)",
    ],
  ])("refuses %s", async (_, template, code, details) => {
    const { body } = await world.client.post({ ...templateTo("+16505551234", "c1"), template });
    expect(body).toMatchObject({
      error: { code, error_data: { messaging_product: "whatsapp", details: expect.stringContaining(details) } },
    });
  });

  it("takes text outside the 24-hour window and fails it by webhook with 131047", async () => {
    const before = world.receiver.statuses().length;
    const { status, body } = await world.client.post<SendBody>(text("+16505551234"));
    expect(status).toBe(200);
    expect(body.messages[0]).not.toHaveProperty("message_status");
    await world.client.idle();
    expect(world.receiver.statuses().slice(before)).toMatchObject([
      { id: body.messages[0]?.id, status: "failed", errors: [{ code: 131047 }] },
    ]);
  });

  it("delivers text inside the window a user's message has opened", async () => {
    await world.client.control("POST", "inbound", { phoneNumberId: demo.phoneNumberId, from: "+16505551234", text: "hello" });
    await world.client.idle();
    await world.client.script({ receipts: { kind: "delivered" } });
    await world.client.post(text("+16505551234"));
    await world.client.idle();
    expect((await world.client.summary()).receipts.acknowledged).toEqual({ sent: 1, delivered: 1, read: 0, failed: 0 });
  });

  it("has the window open as soon as the user has written, even while nobody is told", async () => {
    await world.client.control("POST", "receipts/hold");
    await world.client.control("POST", "inbound", { phoneNumberId: demo.phoneNumberId, from: "+16505557777", text: "hello" });
    await until("the message is held", async () => (await world.client.summary()).queue.held === 1);
    await world.client.post(text("+16505557777"));
    await world.client.control("POST", "receipts/release");
    await world.client.idle();
    expect((await world.client.summary()).failedByCode).toEqual({});
  });

  it("answers a read mark, which is no message", async () => {
    const { body } = await world.client.post({ messaging_product: "whatsapp", status: "read", message_id: "wamid.X" });
    expect(body).toEqual({ success: true });
    expect((await world.client.summary()).totals.requests).toBe(0);
  });
});

describe("the throughput of a number", () => {
  it("is exactly its cap in any second: what exceeds it is refused with 130429, and nothing else is", async () => {
    const cap = 20;
    await world.client.configure({ numbers: [{ phoneNumberId: demo.otherPhoneNumberId, capPerSecond: cap }] });
    const people = Array.from({ length: 300 }, (_, index) => ({ to: `+1650555${1000 + index}`, opaqueId: `c${index}` }));
    await Promise.all(people.map(({ to, opaqueId }) => world.client.post(templateTo(to, opaqueId), demo.otherPhoneNumberId)));
    const { body } = await world.client.call<{ rows: MessageRow[] }>("GET", "/_truth/messages");
    const acceptedAt = body.rows.flatMap((row) => row.accepted.map((send) => send.atMs));
    const refusedAt = body.rows.flatMap((row) => row.refused.map((refusal) => refusal.atMs));
    const inSecondBefore = (atMs: number): number => acceptedAt.filter((each) => each > atMs - 1000 && each <= atMs).length;
    expect(Math.max(...acceptedAt.map(inSecondBefore))).toBe(cap);
    expect(new Set(refusedAt.map(inSecondBefore))).toEqual(new Set([cap]));
    expect(await world.client.summary()).toMatchObject({
      totals: { requests: 300, accepted: acceptedAt.length, refused: refusedAt.length },
      refusedByCode: { 130429: refusedAt.length },
    });
  });
});

describe("reading nodes", () => {
  it("answers the fields asked for, and an error for one that is not there", async () => {
    const fields = "throughput{level},display_phone_number,whatsapp_business_manager_messaging_limit,is_on_biz_app";
    expect((await world.client.graph("GET", `/${demo.phoneNumberId}?fields=${fields}`)).body).toEqual({
      throughput: { level: "STANDARD" },
      display_phone_number: "+15550783881",
      whatsapp_business_manager_messaging_limit: "TIER_100K",
      is_on_biz_app: false,
      id: demo.phoneNumberId,
    });
    const wrong = await world.client.graph<ErrorBody>("GET", `/${demo.phoneNumberId}?fields=colour`);
    expect(wrong.body.error.message).toBe("(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppBusinessPhoneNumber)");
  });

  it("pages templates with Graph's cursors until there is no next", async () => {
    const names: unknown[] = [];
    let next: string | undefined = `${world.baseUrl}/v26.0/${demo.wabaId}/message_templates?limit=1&fields=name,status`;
    while (next !== undefined) {
      const response = await fetch(next, { headers: { authorization: `Bearer ${demo.token}` } });
      const page = (await response.json()) as PageBody;
      names.push(...page.data.map((template) => template["name"]));
      next = page.paging?.next;
    }
    expect(names).toEqual(["order_update", "resting"]);
    const approved = await world.client.graph<PageBody>("GET", `/${demo.wabaId}/message_templates?status=APPROVED`);
    expect(approved.body.data).toMatchObject([
      { name: "order_update", language: "en_US", category: "UTILITY", components: expect.any(Array) },
    ]);
  });

  it("lists the numbers of a WABA", async () => {
    const { body } = await world.client.graph<PageBody>("GET", `/${demo.wabaId}/phone_numbers`);
    expect(body.data.map((number) => number["id"])).toEqual([demo.phoneNumberId, demo.otherPhoneNumberId]);
  });

  it("inspects tokens for the app itself", async () => {
    const inspect = (token: string) =>
      world.client.call("GET", `/v26.0/debug_token?input_token=${token}&access_token=1000000000000001|${demo.appSecret}`);
    expect(await inspect(demo.token)).toMatchObject({ body: { data: { is_valid: true, expires_at: 0 } } });
    expect(await inspect("expired")).toMatchObject({ body: { data: { is_valid: false, error: { code: 190 } } } });
    expect(await world.client.call("GET", `/v26.0/debug_token?input_token=${demo.token}`)).toMatchObject({ status: 401 });
  });

  it("stops telling a WABA whose app has unsubscribed, and starts again", async () => {
    await world.client.graph("DELETE", `/${demo.wabaId}/subscribed_apps`);
    await world.client.send("+16505551234", "c1");
    await world.client.idle();
    expect((await world.client.summary()).webhooks).toMatchObject({ posts: 0, discarded: expect.any(Number) });
    expect((await world.client.graph("POST", `/${demo.wabaId}/subscribed_apps`)).body).toEqual({ success: true });
    await world.client.send("+16505551235", "c2");
    await world.client.idle();
    expect((await world.client.summary()).receipts.acknowledged.delivered).toBe(1);
  });
});
