import type { InboxRow } from "@herald/campaign";
import { type Address, ok } from "@herald/kernel";
import type { InboundEvent } from "@herald/provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consentState, createWorld, eventually, type Shop, type World } from "../index.ts";
import { onePerson } from "./people.ts";
import { acceptedResult, ask, heldOf, receiptOf, takeOver, wamidOf } from "./support.ts";

let world: World;
let shop: Shop;
/** Webhooks of these tests are events as JSON, of the shop's one number. */
const parseWebhook = (rawBody: Uint8Array) => ({
  kind: "events" as const,
  groups: [{ providerNumberId: "n", events: JSON.parse(new TextDecoder().decode(rawBody)) as InboundEvent[] }],
});
beforeAll(async () => {
  world = await createWorld({ providersByName: { meta: { parseWebhook } } });
  shop = await world.aShop({ capPerSecond: 1000 });
});
afterAll(() => world.close());

const phone = (value: string): Address => ({ channel: "whatsapp", kind: "phone", value });
const bsuid = (value: string): Address => ({ channel: "whatsapp", kind: "bsuid", value });
const inbound = (id: string, from: readonly Address[], more: Partial<InboundEvent> = {}): InboundEvent => ({
  kind: "inbound",
  providerMessageId: `wamid.in.${id}`,
  atMs: 1_700_000_000_000,
  from,
  profileName: "Ana",
  type: "text",
  text: "hello",
  buttonPayload: null,
  repliesToProviderMessageId: null,
  ...more,
});
const owner = () => ({ workspaceId: shop.workspaceId, senderId: shop.sender.senderId });

test("the inbox hands out what the door stored, in order, to one drain of the deployment; a dead drain gives its right up", async () => {
  for (const body of ["1", "2", "3"]) await world.door.appendToInbox("meta", new TextEncoder().encode(body));
  const other = world.anotherEngine();
  const mine = await world.engine.inbox.claim(10);
  expect(mine.map(({ body, provider }) => [provider, new TextDecoder().decode(body)])).toEqual([
    ["meta", "1"],
    ["meta", "2"],
    ["meta", "3"],
  ]);
  expect(await other.inbox.claim(10)).toEqual([]);
  expect(await world.engine.inbox.lagMs()).toBeGreaterThan(0);

  const [first, ...rest] = mine;
  if (!first) throw new Error("three rows were stored");
  await world.engine.inbox.markProblem(first.inboxId, "unreadable");
  expect((await world.engine.inbox.claim(10)).map(({ inboxId }) => inboxId)).toEqual(rest.map(({ inboxId }) => inboxId));
  await world.engine.inbox.markDrained(rest.map(({ inboxId }) => inboxId));
  expect(await world.engine.inbox.lagMs(), "what failed once may yet say something").toBeGreaterThan(0);
  await eventually("the row with a problem comes back", async () => (await world.engine.inbox.claim(10)).length === 1, 5000);
  await world.database.owner.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test-engine-inbox'");
  await eventually("another drain takes over", async () => (await other.inbox.claim(10).catch(() => [])).length === 1, 5000);
  for (let tries = 1; tries < 4; tries += 1) await other.inbox.markProblem(first.inboxId, "unreadable");
  expect(await world.engine.inbox.lagMs(), "a row that was tried in earnest and keeps its problem is no backlog").toBe(0);
  await other.inbox.markDrained([first.inboxId]);
  await other.close();
});

test("a backlog of large webhooks is handed out a few megabytes at a time, and one that is larger still comes alone", async () => {
  const ownWorld = await createWorld({ providersByName: { meta: { parseWebhook } } });
  try {
    const { inbox } = ownWorld.engine;
    const megabytes = [1.5, 1.5, 1.5, 5, 0.1, 0.1];
    for (const size of megabytes) await ownWorld.door.appendToInbox("meta", Buffer.alloc(size * 1_000_000, " "));
    const batches: number[][] = [];
    for (let rows = await inbox.claim(500); rows.length > 0; rows = await inbox.claim(500)) {
      batches.push(rows.map(({ body }) => body.length / 1_000_000));
      await inbox.markDrained(rows.map(({ inboxId }) => inboxId));
    }
    expect(batches).toEqual([[1.5, 1.5], [1.5], [5], [0.1, 0.1]]);
  } finally {
    await ownWorld.close();
  }
});

test("an inbound message acts once, opens the service window, names the person and the message it answers", async () => {
  const person = await onePerson(shop);
  const campaignId = await shop.aCampaign().with([person]).launch();
  const [held] = heldOf(await ask(world.engine, shop, [await takeOver(world.engine, shop, campaignId)]));
  if (!held) throw new Error("one message was granted");
  await world.engine.ledger.record(shop.workspaceId, [acceptedResult(held)]);
  const event = inbound("1", [phone(person.phone), bsuid("US.1")], { repliesToProviderMessageId: wamidOf(held) });
  await world.door.appendToInbox("meta", new TextEncoder().encode(JSON.stringify([event])));
  let row: InboxRow | undefined;
  await eventually("the drain is ours again", async () => {
    [row] = await world.engine.inbox.claim(1);
    return row !== undefined;
  });
  if (!row) throw new Error("one webhook was stored");
  const merged = { contactId: person.contactId, campaignId, messageId: held.messageId };
  const record = { inboxId: row.inboxId, event, isStop: false };
  expect(await world.engine.people.recordInbound(owner(), record)).toEqual({ isNew: true, ...merged });
  expect(await world.engine.people.recordInbound(owner(), record)).toEqual({ isNew: false, ...merged });
  const { rows } = await world.database.owner.query(
    "select extract(epoch from open_until)::int as until from service_windows where contact_id = $1",
    [person.contactId],
  );
  expect(rows).toEqual([{ until: 1_700_000_000 + 86_400 }]);

  const projections = (await world.engine.projections.claim(10)).flatMap((one) => one.projections);
  expect(projections).toMatchObject([
    { kind: "outbound", messageKey: `attempt:${held.messageId}:1`, contactId: person.contactId, providerMessageId: wamidOf(held) },
    {
      kind: "inbound",
      messageKey: "inbound:wamid.in.1",
      text: "hello",
      repliesToMessageKey: `attempt:${held.messageId}:1`,
      contactId: person.contactId,
    },
  ]);
  const byBsuid = await world.engine.people.recordInbound(owner(), {
    inboxId: row.inboxId,
    event: inbound("2", [bsuid("US.1")]),
    isStop: false,
  });
  expect(byBsuid.contactId, "identities that came together belong to one person").toBe(person.contactId);
});

test("a webhook that many people's words came in is read and parsed once for all of them", async () => {
  const parsed: number[] = [];
  const counting = (rawBody: Uint8Array) => {
    parsed.push(rawBody.length);
    return parseWebhook(rawBody);
  };
  const ownWorld = await createWorld({ providersByName: { meta: { parseWebhook: counting } } });
  try {
    const { engine, door } = ownWorld;
    const { workspaceId, sender } = await ownWorld.aShop({ capPerSecond: 1000 });
    const webhooks = [0, 1].map((webhook) =>
      Array.from({ length: 20 }, (_, nth) =>
        inbound(`${webhook}.${nth}`, [phone(`34611${webhook}000${nth}`)], { text: `words ${webhook}.${nth}` }),
      ),
    );
    for (const events of webhooks) await door.appendToInbox("meta", new TextEncoder().encode(JSON.stringify(events)));
    for (const [index, { inboxId }] of (await engine.inbox.claim(10)).entries())
      for (const event of webhooks[index] ?? [])
        await engine.people.recordInbound({ workspaceId, senderId: sender.senderId }, { inboxId, event, isStop: false });
    const projections = (await engine.projections.claim(100)).flatMap((row) => row.projections);
    expect(projections.map((one) => one.kind === "inbound" && one.text)).toEqual(webhooks.flat().map(({ text }) => text));
    expect(parsed).toHaveLength(2);
  } finally {
    await ownWorld.close();
  }
});

test("a backlog of projections is handed out by what its rows name, and a row that names more still comes alone", async () => {
  const ownWorld = await createWorld();
  try {
    const { projections } = ownWorld.engine;
    const { workspaceId } = await ownWorld.aShop({ capPerSecond: 1000 });
    for (const count of [1500, 1500, 1500, 5000, 1])
      await ownWorld.database.owner.query(
        `insert into outbox (workspace_id, kind, ref) select $1, 'mongo.attempts', jsonb_build_object('attempts', jsonb_agg(jsonb_build_array(n, 1))) from generate_series(1, $2::int) n`,
        [workspaceId, count],
      );
    const batches: number[] = [];
    for (let rows = await projections.claim(500); rows.length > 0; rows = await projections.claim(500)) {
      batches.push(rows.length);
      await projections.markDone(rows.map(({ outboxId }) => outboxId));
    }
    expect(batches).toEqual([2, 1, 1, 1]);
  } finally {
    await ownWorld.close();
  }
});

test("projections wait in order, one drain at a time, until they are done", async () => {
  const claim = async () => (await world.engine.projections.claim(100)).map(({ outboxId }) => outboxId);
  const ids = await claim();
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => a - b));
  expect(await world.anotherEngine().projections.claim(100)).toEqual([]);
  expect((await world.engine.outboxLagMs()).projections).toBeGreaterThan(0);
  await world.engine.projections.markProblem(ids, "the store is away");
  expect(await claim()).toEqual([]);
  await eventually("they come back", async () => (await claim()).length === ids.length, 5000);
  await world.engine.projections.markDone(ids);
  expect((await world.engine.outboxLagMs()).projections).toBe(0);
});

test("a stop by somebody unknown is kept with all the addresses; by preference of nobody it suppresses the address", async () => {
  const stranger = [phone("+4915112345678"), bsuid("DE.77")];
  const { contactId } = await world.engine.people.recordInbound(owner(), { inboxId: "1", event: inbound("3", stranger), isStop: true });
  await world.engine.people.recordPreference(owner(), { kind: "preference", atMs: 1, from: [bsuid("BR.5")], marketing: "stop" });
  const { rows } = await world.database.owner.query(
    "select contact_id, kind, value from suppressions where workspace_id = $1 order by value",
    [shop.workspaceId],
  );
  expect(rows).toEqual([
    { contact_id: contactId, kind: "phone", value: "+4915112345678" },
    { contact_id: null, kind: "bsuid", value: "BR.5" },
    { contact_id: contactId, kind: "bsuid", value: "DE.77" },
  ]);
  const preference = (atMs: number, marketing: "stop" | "resume") =>
    world.engine.people.recordPreference(owner(), { kind: "preference", atMs, from: stranger.slice(1), marketing });
  const stateOf = () => consentState(world.database.owner, contactId);
  await preference(1_600_000_000_000, "resume");
  expect(await stateOf(), "older than the stop").toBe("withdrawn");
  await preference(1_800_000_000_000, "resume");
  expect(await stateOf()).toBe("granted");
  expect((await world.database.owner.query("select from suppressions where contact_id = $1", [contactId])).rowCount).toBe(0);
});

test("orders for the workflow are leased, not lost: one drain gets them, and they come back if nobody reports", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(1))
    .launch();
  await world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ controls }) => {
    expect(await controls.lock(campaignId)).toEqual({
      campaignId,
      flag: "running",
      controlSeq: 0,
      status: "queued",
      pauseReasons: [],
      uncured: [],
    });
    const paused = await controls.commit(campaignId, { flag: "paused", status: "paused", pauseReasons: ["operator"], note: null });
    return ok(paused);
  });
  const other = world.anotherEngine();
  const claimed = (await Promise.all([world.engine.launches.claim(100), other.launches.claim(100)])).flat();
  const own = claimed.filter((order) => order.campaignId === campaignId);
  expect(own.map(({ kind, runNo, controlSeq }) => [kind, runNo, controlSeq])).toEqual([
    ["workflow.start", 0, 0],
    ["workflow.wake", 0, 1],
  ]);
  expect(await world.engine.launches.claim(100)).toEqual([]);
  const [start, wake] = own;
  if (!start || !wake) throw new Error("a start and a wake-up");
  await world.engine.launches.markDone([start.outboxId]);
  await world.engine.launches.markProblem(wake.outboxId, "Temporal is away", 0);
  expect((await world.engine.launches.claim(100)).map(({ outboxId }) => outboxId)).toEqual([wake.outboxId]);
  expect(await world.engine.launches.toWatch()).toContainEqual({ workspaceId: shop.workspaceId, campaignId, runNo: 0 });
});

test("the system's cancel is that of an operator, once", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(1))
    .launch();
  expect(await world.engine.run.cancel(shop.workspaceId, campaignId)).toBe(1);
  expect(await world.engine.run.cancel(shop.workspaceId, campaignId)).toBe(1);
  expect(await world.engine.run.progress(shop.workspaceId, campaignId)).toMatchObject({
    flag: "cancelled",
    controlSeq: 1,
    counts: { queued: 1 },
  });
  await world.engine.run.skipOpen(shop.workspaceId, campaignId, "cancelled", 10);
  expect(await world.engine.run.finalise(shop.workspaceId, campaignId)).toBe("cancelled");
  expect(await world.engine.run.cancel(shop.workspaceId, campaignId)).toBe(1);
});

test("moves of counters are told per shard, and the sender's token is opened for its own source", async () => {
  const { databaseMs } = await world.engine.gate.readClock();
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(1))
    .launch();
  const moves = await world.engine.changes.movedSince(databaseMs);
  expect(moves.filter((move) => move.campaignId === campaignId).map(({ shard, workspaceId }) => [shard, workspaceId])).toEqual([
    [15, shop.workspaceId],
  ]);
  const newest = Math.max(...moves.map(({ movedAtMs }) => movedAtMs));
  expect(await world.engine.changes.movedSince(newest + 1)).toEqual([]);
  expect(await world.engine.run.senderAccount(shop.workspaceId, campaignId)).toEqual({
    providerNumberId: shop.sender.providerNumberId,
    accessToken: shop.sender.accessToken,
    capPerSecond: 1000,
  });
});

test("a grant whose connection is cut is told as lost, never sent again by itself, and the next call finds a new connection", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(5))
    .launch();
  const engine = world.anotherEngine({ applicationName: "test-cut" });
  const lane = await takeOver(engine, shop, campaignId);
  const holding = await world.database.owner.connect();
  try {
    await holding.query("begin");
    await holding.query("select from phone_numbers where id = $1 for update", [shop.sender.senderId]);
    const lost = ask(engine, shop, [lane]).catch((error: unknown) => error);
    await eventually("the grant waits", async () => {
      const { rowCount } = await world.database.owner.query(
        "select from pg_stat_activity where application_name = 'test-cut-gate' and wait_event_type = 'Lock'",
      );
      return rowCount === 1;
    });
    await world.database.owner.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test-cut-gate'");
    expect(await lost).toMatchObject({ name: "GrantAnswerLost" });
  } finally {
    await holding.query("rollback");
    holding.release();
  }
  expect(await engine.gate.returnLost(shop.workspaceId, shop.sender.senderId, { ...lane, held: [] })).toBe(0);
  expect(heldOf(await ask(engine, shop, [lane]))).toHaveLength(5);
});

test("a report tells why each recipient got it or not", async () => {
  const people = await shop.contacts(2);
  const campaignId = await shop.aCampaign().with(people.slice(0, 1)).withSkipped(people.slice(1)).launch();
  const [held] = heldOf(await ask(world.engine, shop, [await takeOver(world.engine, shop, campaignId)]));
  if (!held) throw new Error("one message was granted");
  await world.engine.ledger.record(shop.workspaceId, [acceptedResult(held)]);
  await world.engine.ledger.mergeReceipts(shop.workspaceId, [receiptOf(held, "failed", { failure: "ROW" })]);
  await world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ reports, recipients, campaigns }) => {
    expect((await reports.balance(campaignId)).isBalanced).toBe(true);
    expect(await reports.skips(campaignId)).toEqual([{ reason: "opted_out", count: 1 }]);
    expect(await reports.causes(campaignId)).toEqual([{ class: "ROW", code: "131000", detail: null, state: "failed", count: 1 }]);
    expect(await recipients.find(campaignId, held.messageId)).toMatchObject({
      state: "failed",
      attempts: [{ attempt: 1, outcome: "accepted", class: "ROW" }],
    });
    const anybody = { buckets: null, reason: null, code: null, search: null, messageIds: null };
    const all = await recipients.page(campaignId, { after: null, limit: 10, filter: anybody });
    expect(all.map(({ contactId }): string => contactId)).toEqual(people.map(({ contactId }): string => contactId).toSorted());
    expect(all.map(({ state }) => state).toSorted()).toEqual(["failed", "skipped"]);
    expect(await recipients.page(campaignId, { after: all[0]?.contactId ?? null, limit: 10, filter: anybody })).toEqual(all.slice(1));
    for (const bucket of ["failed", "skipped"] as const)
      expect(await recipients.page(campaignId, { after: null, limit: 10, filter: { ...anybody, buckets: [bucket] } })).toEqual(
        all.filter((line) => line.state === bucket),
      );
    expect(await reports.openBlocks(campaignId)).toEqual([]);
    expect(await reports.lastGrantAtMs(campaignId)).toBeNull();
    expect(await campaigns.find(campaignId)).toMatchObject({ status: "sending", planned: 2, isStagingDegraded: false });
  });
});
