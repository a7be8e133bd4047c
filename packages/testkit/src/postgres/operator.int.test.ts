import type { OverflowWatch } from "@herald/campaign";
import {
  cancelCampaign,
  cureBlock,
  listBlocks,
  pauseCampaign,
  reportCampaign,
  resendMessages,
  resumeCampaign,
  setPace,
  setSenderKillSwitch,
  setWorkspaceKillSwitch,
  writeOffMessages,
} from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import { acceptedResult, ambiguousResult, ask, grantAll, heldOf, receiptOf, refusedResult, takeOver } from "./support.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  shop = await world.aShop();
});

type Ctx = Parameters<typeof reportCampaign>[0];
/** A verb by a member of the shop, in one transaction. */
const act = <Input, Value>(verb: (ctx: Ctx, input: Input) => Promise<Value>, input: Input): Promise<Value> =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports: VerbPorts) => verb({ ...ports, allows: () => true }, input));
const launch = async (people: number): Promise<CampaignId> =>
  shop
    .aCampaign()
    .with(await shop.contacts(people))
    .launch();
const reportOf = async (campaignId: CampaignId) => {
  const report = await act(reportCampaign, { campaignId });
  if (!report.ok) throw new Error("the campaign has a report");
  return report.value;
};
const one = async <Row>(text: string, values: readonly unknown[]): Promise<Row> => {
  const { rows } = await world.database.owner.query(text, [...values]);
  return rows[0] as Row;
};
const set = (text: string, values: readonly unknown[] = []) => world.database.owner.query(text, [...values]);
const audited = async (action: string) =>
  (
    await world.database.owner.query("select actor_id, detail from audit_log where workspace_id = $1 and action = $2 order by id", [
      shop.workspaceId,
      action,
    ])
  ).rows;
/** So long after all that happened before that no put of its answers is under way. */
const overflowMarginMs = 20_000;
const noteOverflow = async (waiting = 0, setAside: Parameters<OverflowWatch["note"]>[0]["setAside"] = [], laterMs = overflowMarginMs) => {
  await world.engine.overflowWatch.note({ waiting, setAside, lookedAtMs: laterMs + (await world.engine.overflowWatch.clockMs()) });
};
const sendAll = async (campaignId: CampaignId) => {
  const lane = await takeOver(world.engine, shop, campaignId);
  return grantAll(world.engine, shop, [lane]);
};

test("a rate is in the control the gate reads, wakes the workflow and is audited; what is not named stays", async () => {
  const campaignId = await launch(1);
  expect(await act(setPace, { campaignId, weight: 2, maxPerSecond: 12.5, note: "gently" })).toMatchObject({
    ok: true,
    value: { weight: 2, maxPerSecond: 12.5, controlSeq: 1, flag: "running" },
  });
  expect(await act(setPace, { campaignId, maxPerSecond: null })).toMatchObject({ value: { weight: 2, maxPerSecond: null, controlSeq: 2 } });
  expect(await one("select weight, max_per_second from campaign_controls where campaign_id = $1", [campaignId])).toEqual({
    weight: 2,
    max_per_second: null,
  });
  const { rows } = await set(
    "select ref ->> 'controlSeq' as seq from outbox where kind = 'workflow.wake' and ref ->> 'campaignId' = $1 order by id",
    [campaignId],
  );
  expect(rows).toEqual([{ seq: "1" }, { seq: "2" }]);
  expect(await audited("campaign.pace_set")).toEqual([
    { actor_id: shop.actor.userId, detail: { weight: 2, maxPerSecond: 12.5, note: "gently" } },
    { actor_id: shop.actor.userId, detail: { weight: 2, maxPerSecond: null, note: null } },
  ]);
});

test("L6: once the kill switch of the workspace or of a number is committed no grant follows, in 20 races; let go, it sends on", async () => {
  const campaignId = await launch(1500);
  const lane = await takeOver(world.engine, shop, campaignId);
  await set("update phone_numbers set cap_per_second = 1000 where id = $1", [shop.sender.senderId]);
  let isRunning = true;
  const asker = (async () => {
    while (isRunning) await ask(world.engine, shop, [lane], 3);
  })();
  const attempts = async () =>
    (await one<{ n: number }>("select count(*)::int as n from campaign_attempts where campaign_id = $1", [campaignId])).n;
  const { senderId } = shop.sender;
  const switches = [
    (on: boolean) => act(setWorkspaceKillSwitch, { on, note: "race" }),
    (on: boolean) => act(setSenderKillSwitch, { senderId, on, note: "race" }),
  ];
  for (let race = 0; race < 20; race += 1) {
    const turn = switches[race % 2] ?? switches[0];
    const before = await attempts();
    while ((await attempts()) === before) await ask(world.engine, shop, [lane], 1);
    await turn?.(true);
    const atCommit = await attempts();
    expect((await ask(world.engine, shop, [lane])).lanes[0]?.reason).toBe("killed");
    expect(await attempts()).toBe(atCommit);
    await turn?.(false);
  }
  isRunning = false;
  await asker;
  expect(await audited("workspace.kill_switch_set")).toHaveLength(20);
  expect(await audited("sender.kill_switch_set")).toHaveLength(20);
});

test("the switch of the deployment stops every workspace, and only its owner may set it", async () => {
  const lane = await takeOver(world.engine, shop, await launch(1));
  await set("select herald.set_stop_all(true)");
  expect((await ask(world.engine, shop, [lane])).lanes[0]?.reason).toBe("killed");
  expect((await reportOf(lane.campaignId)).pace.killedBy).toBe("deployment");
  await set("select herald.set_stop_all(false)");
  expect(heldOf(await ask(world.engine, shop, [lane]))).toHaveLength(1);
  const { rows } = await set(
    "select r.rolname from pg_roles r where r.rolname like 'herald%' and has_function_privilege(r.rolname, 'herald.set_stop_all(boolean, text)', 'execute')",
  );
  expect(rows).toEqual([]);
});

test("let go, the deployment's switch wakes every campaign that can go on, in all workspaces, and is audited in each", async () => {
  const shops = [shop, await world.aShop()] as const;
  const launched: CampaignId[] = [];
  for (shop of shops) launched.push(await launch(1));
  const paused = await launch(1);
  await act(pauseCampaign, { campaignId: paused });
  const wakesOf = async (campaignId: CampaignId) =>
    (
      await set(
        "select ref ->> 'controlSeq' as seq, workspace_id as workspace from outbox where kind = 'workflow.wake' and ref ->> 'campaignId' = $1 order by id",
        [campaignId],
      )
    ).rows;
  const before = await wakesOf(paused);
  await set("select herald.set_stop_all(true, 'complaints')");
  expect(await Promise.all(launched.map(wakesOf))).toEqual([[], []]);
  await set("select herald.set_stop_all(false, 'answered')");
  expect(await Promise.all(launched.map(wakesOf))).toEqual(shops.map(({ workspaceId }) => [{ seq: "1", workspace: workspaceId }]));
  expect(await wakesOf(paused), "it stays as it is").toEqual(before);
  const by = (await one<{ by: string }>("select session_user as by", [])).by;
  for (shop of shops)
    expect(await audited("deployment.kill_switch_set")).toEqual([
      { actor_id: by, detail: { on: true, note: "complaints" } },
      { actor_id: by, detail: { on: false, note: "answered" } },
    ]);
  expect(await one("select is_on, changed_by, note from deployment_switches", [])).toEqual({
    is_on: false,
    changed_by: by,
    note: "answered",
  });
});

test("a cured block frees its messages, tells the workflows of all campaigns it reached, and is audited; one of another workspace is not found", async () => {
  const campaignIds = [await launch(2), await launch(2)];
  const held = [];
  for (const campaignId of campaignIds) held.push(...(await sendAll(campaignId)).slice(0, 1));
  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((message) => refusedResult(message, "NUMBER")),
  );
  const listed = await act((ctx) => listBlocks(ctx), null);
  expect(listed).toMatchObject({ ok: true, value: [{ scope: "number", scopeId: shop.sender.senderId, class: "NUMBER", campaigns: 2 }] });
  const blockId = listed.ok ? (listed.value[0]?.blockId ?? "") : "";
  const own = shop;
  shop = await world.aShop();
  expect(await act(cureBlock, { blockId, note: "theirs" })).toMatchObject({ error: { type: "not_found" } });
  shop = own;
  expect(await act(cureBlock, { blockId, note: "paid" })).toEqual({ ok: true, value: { blockId, freed: 2 } });
  expect(await act(cureBlock, { blockId, note: "again" }), "a cured block stays as it is").toMatchObject({ value: { freed: 0 } });
  const { rows } = await set("select ref ->> 'campaignId' as id from outbox where kind = 'workflow.wake' and workspace_id = $1", [
    shop.workspaceId,
  ]);
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(campaignIds));
  expect(rows).toHaveLength(campaignIds.length);
  expect((await audited("block.cured")).map(({ detail }) => detail)).toEqual([
    { freed: 2, note: "paid" },
    { freed: 0, note: "again" },
  ]);
});

test("a pause is lifted in one step once its causes are cured: a template that changed blocks the resume, a missed time and an operator do not", async () => {
  const campaignId = await launch(1);
  await act(pauseCampaign, { campaignId, note: "wait" });
  const because = (reasons: readonly string[]) =>
    set("update campaign_history set pause_reasons = $2 where id = $1", [campaignId, reasons]);
  const resume = () => act(resumeCampaign, { campaignId });
  const uncured = (...reasons: string[]) => ({ ok: false, error: { type: "pause_not_cured", reasons } });

  await because(["operator", "template_changed"]);
  await set("update templates set components_hash = 'other' where id = $1", [shop.template.templateId]);
  expect(await resume()).toEqual(uncured("template_changed"));
  await set("update templates set components_hash = $2 where id = $1", [shop.template.templateId, shop.template.frozen.componentsHash]);
  await set("update templates set category = 'UTILITY' where id = $1", [shop.template.templateId]);
  expect(await resume()).toEqual(uncured("template_changed"));
  await set("update templates set category = 'MARKETING' where id = $1", [shop.template.templateId]);
  expect(await resume()).toMatchObject({ ok: true, value: { flag: "running", status: "queued" } });
  expect((await reportOf(campaignId)).campaign.pauseReasons).toEqual([]);

  await act(pauseCampaign, { campaignId });
  await because(["schedule_missed"]);
  await act(pauseCampaign, { campaignId, note: "and I say so too" });
  expect((await reportOf(campaignId)).campaign.pauseReasons).toEqual(["schedule_missed", "operator"]);
  expect((await resume()).ok).toBe(true);
});

test("L3: the verbs decide about unknown messages once the overflow was read, with an audit entry each, and the report says whether they may", async () => {
  const campaignId = await launch(4);
  const held = await sendAll(campaignId);
  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((message, index) => (index === 0 ? acceptedResult(message) : ambiguousResult(message))),
  );
  expect((await reportOf(campaignId)).unknown).toMatchObject({ count: 3, isOverflowRead: false });
  const resend = { campaignId, what: "unknown" as const, note: "they asked", expiresInHours: 72 };
  expect(await act(resendMessages, resend)).toEqual({ ok: false, error: { type: "overflow_unread" } });
  await noteOverflow(2);
  expect(await act(writeOffMessages, { campaignId, what: "unknown", note: "x" })).toEqual({
    ok: false,
    error: { type: "overflow_unread" },
  });
  await noteOverflow();
  expect((await reportOf(campaignId)).unknown).toMatchObject({ isOverflowRead: true });
  const grew = { type: "resend_grew", what: "unknown", expected: 2, actual: 3 };
  expect(await act(resendMessages, { ...resend, expected: 2 })).toEqual({ ok: false, error: grew });
  expect(await audited("messages.resent"), "it was picked, and put back").toEqual([]);
  expect((await reportOf(campaignId)).ledger.counts).toMatchObject({ queued: 0, unknown: 3 });
  const messageIds = held.slice(1, 2).map(({ messageId }) => messageId);
  const sent = { campaignId, moved: 1, more: 0, runNo: 0 };
  expect(await act(resendMessages, { ...resend, messageIds, expected: 1 })).toMatchObject({ ok: true, value: sent });
  expect(await act(writeOffMessages, { campaignId, what: "unknown", note: "too long" })).toMatchObject({ ok: true, value: { moved: 2 } });
  expect(await act(resendMessages, resend)).toEqual({ ok: false, error: { type: "nothing_to_decide", what: "unknown" } });
  expect((await reportOf(campaignId)).ledger).toMatchObject({
    isBalanced: true,
    counts: { queued: 1, failed: 2, accepted: 1, unknown: 0 },
  });
  expect(await audited("messages.resent")).toEqual([
    { actor_id: shop.actor.userId, detail: { what: "unknown", reasons: null, chosen: 1, count: 1, runNo: 0, note: "they asked" } },
  ]);
  expect(await audited("messages.written_off")).toEqual([
    { actor_id: shop.actor.userId, detail: { what: "unknown", chosen: null, count: 2, note: "too long" } },
  ]);
  expect(await one("select sum(resends)::int as resends from campaign_messages where campaign_id = $1", [campaignId])).toEqual({
    resends: 1,
  });
});

test("results that were set aside hold up the decisions about the campaigns they name, and no other; nor does one that names none of the workspace's", async () => {
  const campaignIds = [await launch(2), await launch(2)] as const;
  for (const campaignId of campaignIds)
    await world.engine.ledger.record(shop.workspaceId, (await sendAll(campaignId)).map(ambiguousResult));
  const other = await world.aShop();
  const aside = (shopOf: Shop, named: readonly CampaignId[] | null) => [
    { overflowId: "a", putAtMs: 0, workspaceId: shopOf.workspaceId, campaignIds: named },
  ];
  const writeOff = async (campaignId: CampaignId, messages = 1) => {
    const { rows } = await set("select id from campaign_messages where campaign_id = $1 and state = 'unknown' limit $2", [
      campaignId,
      messages,
    ]);
    const answer = await act(writeOffMessages, { campaignId, what: "unknown", note: "x", messageIds: rows.map(({ id }) => id) });
    return answer.ok ? answer.value.moved : answer.error.type;
  };
  await noteOverflow(0, aside(shop, [campaignIds[0]]));
  expect([await writeOff(campaignIds[0]), await writeOff(campaignIds[1])]).toEqual(["overflow_unread", 1]);
  expect((await reportOf(campaignIds[0])).unknown).toMatchObject({ isOverflowRead: false });
  await noteOverflow(0, aside(shop, null), overflowMarginMs + 1000);
  expect([await writeOff(campaignIds[0]), await writeOff(campaignIds[1])]).toEqual(["overflow_unread", "overflow_unread"]);
  await noteOverflow(0, aside(other, null), overflowMarginMs + 2000);
  expect([await writeOff(campaignIds[0]), await writeOff(campaignIds[1])]).toEqual([1, 1]);
});

const heldResult = (message: Parameters<typeof acceptedResult>[0]) => {
  const result = acceptedResult(message);
  return { ...result, settlement: { ...result.settlement, state: "held" as const, reason: "held_for_quality" } };
};

test("the report tells how long messages are held, and how many of them may be given up; the write-off names what it gave up", async () => {
  const campaignId = await launch(2);
  await world.engine.ledger.record(shop.workspaceId, (await sendAll(campaignId)).map(heldResult));
  await noteOverflow();
  expect((await reportOf(campaignId)).held).toMatchObject({
    count: 2,
    ripe: 0,
    sentence: expect.stringMatching(/^2 are held .* for a quality review/),
  });
  await set(
    "update campaign_messages set changed_at = now() - interval '25 hours' where id = (select min(id) from campaign_messages where campaign_id = $1)",
    [campaignId],
  );
  const { held } = await reportOf(campaignId);
  expect(held).toMatchObject({ count: 2, ripe: 1, isOverflowRead: true });
  expect(Date.now() - (held?.oldestAtMs ?? 0)).toBeGreaterThan(24 * 3_600_000);
  expect(await act(writeOffMessages, { campaignId, what: "held", note: "no word" })).toMatchObject({ ok: true, value: { moved: 1 } });
  expect(await act(writeOffMessages, { campaignId, what: "held", note: "again" })).toEqual({
    ok: false,
    error: { type: "nothing_to_decide", what: "held" },
  });
  expect(await audited("messages.written_off")).toMatchObject([{ detail: { what: "held", chosen: null, count: 1, note: "no word" } }]);
});

test("an older look at the overflow does not replace a newer one", async () => {
  await set("delete from overflow_watch");
  const nowMs = await world.engine.overflowWatch.clockMs();
  await world.engine.overflowWatch.note({ waiting: 0, setAside: [], lookedAtMs: nowMs });
  await world.engine.overflowWatch.note({ waiting: 5, setAside: [], lookedAtMs: nowMs - 1000 });
  expect(await one("select waiting from overflow_watch", [])).toEqual({ waiting: 0 });
});

test("the evidence about unknown messages compares them with what this campaign's others got, and when", async () => {
  const campaignId = await launch(5);
  const held = await sendAll(campaignId);
  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((message, index) => (index === 4 ? ambiguousResult(message) : acceptedResult(message))),
  );
  await world.engine.ledger.mergeReceipts(
    shop.workspaceId,
    held.slice(0, 3).map((message) => receiptOf(message, "delivered")),
  );
  // three hours ago; receipts after 2, 4 and 200 s, one never
  await set("update campaign_attempts set intent_at = now() - interval '3 hours' where campaign_id = $1", [campaignId]);
  for (const [index, seconds] of [2, 4, 200].entries())
    await set("update campaign_attempts set delivered_at = intent_at + make_interval(secs => $2) where message_id = $1", [
      held[index]?.messageId,
      seconds,
    ]);
  const { unknown } = await reportOf(campaignId);
  expect(unknown).toMatchObject({ count: 1, comparedWith: 4, within2MinShare: 0.5, medianFirstReceiptMs: 102_000 });
  expect(Date.now() - (unknown?.oldestAtMs ?? 0)).toBeGreaterThan(3 * 3_590_000);
});

test("the report groups what waits by its reason, with times, block, cure and a sentence; and tells what holds the number back", async () => {
  const campaignId = await launch(4);
  const held = await sendAll(campaignId);
  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((message, index) => refusedResult(message, index < 3 ? "HOURS" : "TEMPLATE")),
  );
  const { deferred, blocks, pace, stalled } = await reportOf(campaignId);
  expect(deferred).toMatchObject([
    {
      class: "HOURS",
      count: 3,
      // the block of the template holds these as well, whatever their time
      blockId: blocks[0]?.blockId,
      cure: "mend_template",
      sentence: expect.stringMatching(/^3 wait until \d{4}-\d\d-\d\d \d\d:\d\d UTC.*, because .* They wait for block \d+ as well, because/),
    },
    { class: "TEMPLATE", count: 1, earliestAtMs: null, latestAtMs: null, blockId: blocks[0]?.blockId, cure: "mend_template" },
  ]);
  expect(stalled).toBe("blocked");
  expect(pace).toMatchObject({
    capPerSecond: 80,
    killedBy: null,
    isSlowed: false,
    breakerOpenSinceMs: null,
    restUntilMs: null,
    portfolio: null,
    isInboxBehind: false,
  });
  expect(pace.effectivePerSecond).toBeCloseTo(77.6, 3);

  await set(
    `insert into number_health (workspace_id, sender_id, opened_at, slowed_to, slowed_at, rest_until, rest_code)
     values ($1, $2, now() - interval '1 minute', 0.5, now(), now() + interval '1 minute', '131057')
     on conflict (sender_id) do update set opened_at = excluded.opened_at, slowed_to = 0.5, slowed_at = now(), rest_until = excluded.rest_until, rest_code = '131057'`,
    [shop.workspaceId, shop.sender.senderId],
  );
  await set(
    `with p as (insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit, reserved) values ($1, 'meta', gen_random_uuid()::text, 1000, 3) returning id)
     update sources set portfolio_id = p.id from p where sources.id = $2`,
    [shop.workspaceId, shop.sender.sourceId],
  );
  const slowed = (await reportOf(campaignId)).pace;
  expect(slowed).toMatchObject({ isSlowed: true, restCode: "131057", portfolio: { limit: 1000, reserved: 3 } });
  expect(slowed.effectivePerSecond).toBeCloseTo(38.8, 1);
  expect(slowed.breakerOpenSinceMs).toBeLessThan(slowed.restUntilMs ?? 0);
});

test("a cancelled campaign takes neither rate nor resend", async () => {
  const campaignId = await launch(1);
  await act(cancelCampaign, { campaignId });
  expect(await act(setPace, { campaignId, weight: 2 })).toMatchObject({ error: { type: "wrong_status" } });
  expect(await act(resendMessages, { campaignId, what: "unknown", note: "x", expiresInHours: 72 })).toMatchObject({
    error: { type: "wrong_status" },
  });
});
