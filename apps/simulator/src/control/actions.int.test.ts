import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demo, until } from "../testing/client.ts";
import { peopleOf, sendToAll, trySend } from "../testing/runs.ts";
import { startWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.client.control("POST", "reset");
  world.receiver.posts.length = 0;
});
afterAll(() => world.close());

const act = (action: object) => world.client.control("POST", "actions", action);
const send = (to: string) => trySend(world.baseUrl, to, `c${to}`);
const changesOf = (field: string) => world.receiver.changes().filter((change) => change.field === field);
const config = async () =>
  (
    await world.client.control<{
      tokens: { token: string; expiresAtMs: number | null }[];
      numbers: { throughputLevel: string; messagingLimit: string }[];
      templates: { name: string; status: string }[];
      wabas: { paymentProblem: unknown }[];
      webhook: { maxBatch: number };
    }>("GET", "config")
  ).body;

describe("an action", () => {
  it("holds until it is taken back, or until a reset, which brings back what was configured", async () => {
    expect((await act({ do: "payment_problem", how: "refuse" })).body).toEqual({ done: true });
    expect(await send("+16505550001")).toBe(400);
    await act({ do: "payment_solved" });
    expect(await send("+16505550001")).toBe(200);
    await act({ do: "template", name: "order_update", status: "DISABLED" });
    await act({ do: "expire_token", token: demo.token });
    expect(await send("+16505550001")).toBe(401);
    await world.client.control("POST", "reset");
    expect(await send("+16505550001")).toBe(200);
  });

  it("leaves what is configured meanwhile beneath it", async () => {
    await act({ do: "payment_problem" });
    await world.client.configure({ webhook: { maxBatch: 7 } });
    expect([(await config()).wabas[0]?.paymentProblem, (await config()).webhook.maxBatch]).toEqual([{ code: 131042, how: "webhook" }, 7]);
    await world.client.control("POST", "reset");
    expect([(await config()).wabas[0]?.paymentProblem, (await config()).webhook.maxBatch]).toEqual([null, 7]);
  });

  it("may wait for a count of sends: the next one meets it", async () => {
    expect((await act({ do: "expire_token", when: { requests: 3 } })).body).toEqual({ scheduled: 1 });
    expect(await sendToAll(world.baseUrl, peopleOf("+1650555", 5))).toEqual([200, 200, 200, 401, 401]);
    const { body } = await world.client.control<{ pending: unknown[]; done: { id: number }[] }>("GET", "actions");
    expect([body.pending, body.done.map((each) => each.id)]).toEqual([[], [1]]);
  });

  it("may wait for a time, and changes the rules in mid-run", async () => {
    await act({ do: "script", rules: [{ answer: { kind: "refuse", code: 131000 } }], when: { afterMs: 30, delayMs: 10 } });
    expect(await send("+16505550001")).toBe(200);
    await until("the rules have changed", async () => (await send("+16505550002")) === 500);
  });

  it("renews a token under a new name, as a new login does, while the old one stays expired", async () => {
    await act({ do: "expire_token", token: demo.token });
    await act({ do: "renew_token", token: demo.token, as: "token-2" });
    expect(await send("+16505550001")).toBe(401);
    expect(await world.client.graph("GET", `/${demo.phoneNumberId}`, undefined, "token-2")).toMatchObject({ status: 200 });
  });

  it("tells Meta's webhook of it: limits, restrictions, bans, preferences and whatever else is written out", async () => {
    await act({ do: "messaging_limit", tier: "TIER_2K" });
    await act({ do: "restrict", kind: "ban", code: 131031 });
    await act({ do: "preference", from: "+16505550009", value: "resume" });
    await act({ do: "notice", field: "account_review_update", value: { decision: "APPROVED" } });
    await world.client.idle();
    expect(changesOf("business_capability_update")[0]?.value).toMatchObject({ max_daily_conversations_per_business: "TIER_2K" });
    expect(changesOf("account_update")[0]?.value).toMatchObject({ event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } });
    expect(changesOf("user_preferences")[0]?.value).toMatchObject({ user_preferences: [{ value: "resume", wa_id: "16505550009" }] });
    expect(changesOf("account_review_update")[0]?.value).toEqual({ decision: "APPROVED" });
    expect((await config()).numbers[0]?.messagingLimit).toBe("TIER_2K");
    expect(await send("+16505550001")).toBe(403);
    expect((await world.client.summary()).notices).toEqual({ emitted: 4, acknowledged: 4 });
  });

  it.each<[object, number, RegExp]>([
    [{ do: "explode" }, 400, /"path":"do"/],
    [{ do: "expire_token", token: "nobody's" }, 404, /no token nobody's/],
    [{ do: "maintenance", phoneNumberId: "4999999999999999" }, 404, /no number 4999999999999999/],
    [{ do: "template", name: "nothing", status: "PAUSED" }, 404, /no template nothing/],
    [{ do: "payment_problem", when: { requests: 0 } }, 400, /when/],
  ])("%j is refused with what is wrong", async (action, status, message) => {
    const answer = await act(action);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringMatching(message)]);
  });
});

describe("the limits", () => {
  it("let 45 messages to one person through and refuse the next with 131056, other people go on", async () => {
    const toOne = await sendToAll(
      world.baseUrl,
      Array.from({ length: 47 }, () => "+16505550001"),
    );
    expect(toOne.filter((seen) => seen === 200)).toHaveLength(45);
    expect((await world.client.summary()).refusedByCode).toEqual({ 131056: 2 });
    expect(await send("+16505550002")).toBe(200);
    await world.client.configure({ limits: { pair: null } });
    expect(await send("+16505550001")).toBe(200);
    await world.client.configure({ limits: { pair: {} } });
  });

  it("of a portfolio leave out whoever has written within the day, and may answer by webhook instead", async () => {
    await world.client.configure({ portfolios: [{ businessId: "3000000000000001", limit: 1, overLimit: { kind: "fail", code: 131026 } }] });
    await act({ do: "inbound", from: "+16505550003", text: "hello" });
    await world.client.idle();
    expect(await sendToAll(world.baseUrl, ["+16505550001", "+16505550003", "+16505550002"])).toEqual([200, 200, 200]);
    await world.client.idle();
    expect((await world.client.summary()).failedByCode).toEqual({ 131026: 1 });
    const { body } = await world.client.call<{ rows: unknown[] }>("GET", "/_truth/portfolios");
    expect(body.rows).toMatchObject([{ limit: 1, counted: 1, maxCounted: 1, overLimit: 1 }]);
    await world.client.configure({ portfolios: [{ businessId: "3000000000000001", limit: null, overLimit: { kind: "refuse" } }] });
  });
});

describe("held receipts", () => {
  it("leave at the rate they are released with", async () => {
    await act({ do: "hold_receipts" });
    await world.client.script({ receipts: { kind: "sent" } });
    await sendToAll(world.baseUrl, peopleOf("+1650555", 40));
    await until("all are held", async () => (await world.client.summary()).queue.held === 40);
    const startMs = performance.now();
    expect((await world.client.control("POST", "receipts/release", { perSecond: 100 })).body).toEqual({ held: false, released: 40 });
    await world.client.idle();
    expect(performance.now() - startMs).toBeGreaterThan(380);
    expect((await world.client.summary()).receipts.acknowledged.sent).toBe(40);
  });
});
