import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, handedOut, record, result, takeOver } from "./support/engine.ts";
import { anotherNumber, aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { countPlaces } from "./support/portfolio.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

type Json = Record<string, unknown>;
/** Seconds from now, as a provider tells times: whole seconds. */
const inSeconds = (count: number): number => (Math.floor(Date.now() / 1000) + count) * 1000;

async function aCampaign(count = 2): Promise<Launched> {
  const sending = await aSending(db.owner);
  return launched(db.owner, sending, await people(db.owner, sending.workspaceId, count));
}
const say = ({ workspaceId, sourceId }: Pick<Launched, "workspaceId" | "sourceId">, event: Json) =>
  engine.query("select herald.record_account_event($1, $2, $3)", [workspaceId, sourceId, JSON.stringify(event)]);
const one = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row> => {
  const { rows } = await db.owner.query<Row>(text, [...values]);
  const [row] = rows;
  if (row === undefined) throw new Error("no row");
  return row;
};
const nameOf = ({ templateId }: Launched) =>
  one<{ name: string; language: string; hash: string }>("select name, language, components_hash as hash from templates where id = $1", [
    templateId,
  ]);

const cures = ["PAUSED", "DISABLED", "132015"];
async function status(campaign: Launched, word: string, atMs: number): Promise<Json> {
  const { name, language } = await nameOf(campaign);
  const isSendable = word === "APPROVED";
  const standing = { status: word, isSendable, cures: isSendable ? cures : [] };
  return { kind: "template_status", atMs, template: { providerTemplateId: null, name, language }, standing };
}
async function category(campaign: Launched, word: string | null, atMs: number): Promise<Json> {
  const { name, language } = await nameOf(campaign);
  return { kind: "template_changed", atMs, template: { providerTemplateId: null, name, language }, category: word };
}
const account = (isRestricted: boolean, atMs: number, more: Json = {}): Json => ({
  kind: "account_state",
  topic: "ban",
  isRestricted,
  code: isRestricted ? "DISABLE" : "REINSTATE",
  untilMs: null,
  cures: isRestricted ? [] : ["DISABLE", "131031"],
  atMs,
  ...more,
});

/** Where a campaign stands, and what of its template and account is known. */
async function stateOf({ campaignId, templateId, sourceId }: Launched) {
  const row = await one<{ flag: string; seq: string; status: string; reasons: string[]; template: string; wakes: number; audits: number }>(
    `select c.flag, c.control_seq as seq, h.status, h.pause_reasons as reasons, t.status as template,
       (select count(*)::int from outbox o where o.kind = 'workflow.wake' and o.ref ->> 'campaignId' = h.id::text
          and (o.ref ->> 'controlSeq')::bigint = c.control_seq) as wakes,
       (select count(*)::int from audit_log a where a.resource_id = h.id::text and a.action = 'campaign.paused' and a.actor_kind = 'system') as audits
     from campaign_controls c join campaign_history h on h.id = c.campaign_id join templates t on t.id = $2 where c.campaign_id = $1`,
    [campaignId, templateId],
  );
  const { rows: blocks } = await db.owner.query<{ scope: string; class: string; code: string }>(
    "select scope, class, code from blocks where scope_id = any ($1) and cured_at is null order by scope",
    [[templateId, sourceId]],
  );
  return { ...row, seq: Number(row.seq), blocks: blocks.map((block) => `${block.scope} ${block.class} ${block.code}`) };
}

test("a paused template blocks its campaigns at the gate; an approval frees them, with what the block had deferred", async () => {
  const campaign = await aCampaign();
  const { workspaceId, campaignId, senderId } = campaign;
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const [first] = handedOut(await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 1 }] }));
  if (!first) throw new Error("nothing was granted");
  await say(campaign, await status(campaign, "PAUSED", inSeconds(0)));
  expect(await stateOf(campaign)).toMatchObject({ template: "PAUSED", blocks: ["template TEMPLATE PAUSED"] });
  const refused = { retryMs: null, reason: "TEMPLATE", class: "TEMPLATE", code: "132015", block: "template" };
  await record(engine, workspaceId, [result(first, "deferred", refused)]);
  const lanes = [{ campaignId, epoch, want: 5 }];
  expect((await grant(engine, { workspaceId, senderId, lanes }))[0]?.reason).toBe("blocked");
  await say(campaign, await status(campaign, "APPROVED", inSeconds(2)));
  expect(await stateOf(campaign)).toMatchObject({ template: "APPROVED", blocks: [], flag: "running" });
  expect((await grant(engine, { workspaceId, senderId, lanes }))[0]?.message_ids).toHaveLength(2);
});

test("the words about a template may come in any order and any number of times: the newest counts", async () => {
  const words = [
    ["PAUSED", 1],
    ["APPROVED", 2],
    ["PAUSED", 3],
    ["APPROVED", 4],
  ] as const;
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [1, 3, 3, 2],
    [3, 0, 3, 1, 2, 0],
  ]) {
    const campaign = await aCampaign(1);
    const nowMs = inSeconds(0); // once: a second that passes between two words would make them words of the same time
    for (const index of order) {
      const [word, second] = words[index] ?? words[0];
      await say(campaign, await status(campaign, word, nowMs + second * 1000));
    }
    expect(await stateOf(campaign), String(order)).toMatchObject({ template: "APPROVED", blocks: [] });
    await say(campaign, await status(campaign, "DISABLED", nowMs + 5000));
    await say(campaign, await status(campaign, "APPROVED", nowMs + 1000));
    expect(await stateOf(campaign), String(order)).toMatchObject({ template: "DISABLED", blocks: ["template TEMPLATE DISABLED"] });
  }
});

test("of two words of one second the one that stops counts, whichever came first", async () => {
  const atMs = inSeconds(1);
  for (const order of [
    ["PAUSED", "APPROVED"],
    ["APPROVED", "PAUSED"],
  ]) {
    const campaign = await aCampaign(1);
    for (const word of order) await say(campaign, await status(campaign, word, atMs));
    expect(await stateOf(campaign)).toMatchObject({ template: "PAUSED", blocks: ["template TEMPLATE PAUSED"] });
  }
});

test("an approval frees only what was refused before it, and only what an approval can free", async () => {
  const campaign = await aCampaign(1);
  const open = (code: string, at: Date) =>
    db.owner.query(
      "insert into blocks (workspace_id, scope, scope_id, class, code, created_at) values ($1, 'template', $2, 'TEMPLATE', $3, $4)",
      [campaign.workspaceId, campaign.templateId, code, at],
    );
  await open("132000", new Date(inSeconds(-60)));
  await say(campaign, await status(campaign, "APPROVED", inSeconds(1)));
  expect((await stateOf(campaign)).blocks, "a wrong number of parameters stays wrong").toEqual(["template TEMPLATE 132000"]);
  await db.owner.query("update blocks set cured_at = now() where scope_id = $1", [campaign.templateId]);
  await open("132015", new Date(inSeconds(30)));
  await say(campaign, await status(campaign, "APPROVED", inSeconds(2)));
  expect((await stateOf(campaign)).blocks, "refused after that approval").toEqual(["template TEMPLATE 132015"]);
});

test("a status that no open campaign depends on opens no block, and one of a template nobody knows only asks for the list", async () => {
  const campaign = await aCampaign(1);
  await db.owner.query("update campaign_history set status = 'sent' where id = $1", [campaign.campaignId]);
  await say(campaign, await status(campaign, "PAUSED", inSeconds(0)));
  await say(campaign, {
    ...(await status(campaign, "PAUSED", inSeconds(0))),
    template: { providerTemplateId: "7", name: "other", language: "en" },
  });
  expect(await stateOf(campaign)).toMatchObject({ template: "PAUSED", blocks: [] });
  expect(await one("select templates_due_at is not null as due from sources where id = $1", [campaign.sourceId])).toEqual({ due: true });
});

test("L8: another category pauses the open campaigns of the template once: flag, reason, wake and audit; a scheduled one keeps its time", async () => {
  const campaign = await aCampaign();
  const scheduled = await aCampaign();
  await db.owner.query("update campaign_history set status = 'scheduled', scheduled_at = now() + interval '1 day' where id = $1", [
    scheduled.campaignId,
  ]);
  for (const one of [campaign, scheduled]) {
    const event = await category(one, "UTILITY", inSeconds(0));
    await say(one, event);
    await say(one, event);
    await say(one, await category(one, "UTILITY", inSeconds(5)));
    expect(await stateOf(one)).toMatchObject({ flag: "paused", seq: 1, reasons: ["template_changed"], wakes: 1, audits: 1 });
  }
  expect([(await stateOf(campaign)).status, (await stateOf(scheduled)).status]).toEqual(["paused", "scheduled"]);
  // its time comes: from then on it is a paused one, which can be resumed
  await db.owner.query("update campaign_history set scheduled_at = now() - interval '1 second' where id = $1", [scheduled.campaignId]);
  await engine.query("select herald.release($1, $2, 900)", [scheduled.workspaceId, scheduled.campaignId]);
  expect(await stateOf(scheduled)).toMatchObject({ status: "paused", flag: "paused", reasons: ["template_changed"] });
  const { workspaceId, campaignId, senderId } = campaign;
  const epoch = await takeOver(engine, workspaceId, campaignId);
  expect((await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 1 }] }))[0]?.reason).toBe("paused");
});

test("L8: a campaign that was cancelled, has ended, or uses another template does not pause", async () => {
  const campaign = await aCampaign(1);
  const other = await launched(db.owner, campaign, await people(db.owner, campaign.workspaceId, 1));
  await db.owner.query("update campaign_controls set flag = 'cancelled' where campaign_id = $1", [campaign.campaignId]);
  await say(campaign, await category(campaign, "UTILITY", inSeconds(0)));
  expect([(await stateOf(campaign)).flag, (await stateOf(other)).flag]).toEqual(["cancelled", "running"]);
});

test("L8: a template that changed while a campaign was being launched pauses it as it is sealed", async () => {
  const campaign = await aCampaign(1);
  await db.owner.query("update templates set components_hash = 'other' where id = $1", [campaign.templateId]);
  await db.owner.query("alter table campaign_history disable trigger keep_frozen");
  await db.owner.query("update campaign_history set frozen_at = null where id = $1", [campaign.campaignId]);
  await db.owner.query("alter table campaign_history enable trigger keep_frozen");
  await db.owner.query("update campaign_history set frozen_at = now() where id = $1", [campaign.campaignId]);
  expect(await stateOf(campaign)).toMatchObject({ flag: "paused", reasons: ["template_changed"], wakes: 1 });
});

test("a restriction blocks every campaign of the account until its release, in any order; another account's go on", async () => {
  const campaign = await aCampaign(1);
  const elsewhere = await launched(
    db.owner,
    await anotherNumber(db.owner, campaign.workspaceId),
    await people(db.owner, campaign.workspaceId, 1),
  );
  await say(campaign, account(true, inSeconds(0)));
  expect([(await stateOf(campaign)).blocks, (await stateOf(elsewhere)).blocks]).toEqual([["waba WABA DISABLE"], []]);
  await say(campaign, account(false, inSeconds(3)));
  await say(campaign, account(true, inSeconds(0)));
  await say(campaign, account(true, inSeconds(2)));
  expect((await stateOf(campaign)).blocks).toEqual([]);
  await say(campaign, account(true, inSeconds(4), { topic: "review", code: "REVIEW_REJECTED" }));
  await say(campaign, account(false, inSeconds(5)));
  expect((await stateOf(campaign)).blocks, "a ban that ended is not the review").toEqual(["waba WABA REVIEW_REJECTED"]);
});

test("a restriction that ends by itself is told when its time is over", async () => {
  const campaign = await aCampaign(1);
  const lapsed = async () =>
    (await engine.query<{ workspace_id: string }>("select workspace_id from herald.blocks_to_lift()")).rows.filter(
      ({ workspace_id: id }) => id === campaign.workspaceId,
    ).length;
  await say(campaign, account(true, inSeconds(-10), { untilMs: inSeconds(3600) }));
  expect(await lapsed()).toBe(0);
  await db.owner.query("update blocks set lifts_at = now() where scope_id = $1", [campaign.sourceId]);
  expect(await lapsed()).toBe(1);
});

test("of the words about a limit in one second the strictest counts, whichever came first: a notice tells whole seconds, a look-up parts of them", async () => {
  const { workspaceId, sourceId } = await aCampaign(1);
  const atMs = inSeconds(0);
  const notice = (limit: number | null, ms = atMs) => say({ workspaceId, sourceId }, { kind: "portfolio_limit", atMs: ms, limit });
  const limitOf = async (id: string) =>
    (await one<{ n: number | null }>("select messaging_limit as n from portfolios where id = $1", [id])).n;
  const words = [
    (id: string) =>
      engine.query("select herald.enter_workspace($1), herald.set_portfolio_limit($1, $2, to_timestamp($3 / 1000.0), 1000)", [
        workspaceId,
        id,
        atMs + 89,
      ]),
    () => notice(20),
    () => notice(9),
    () => notice(null),
  ];
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 0, 3, 2],
    [2, 2, 0, 1, 0, 3],
  ]) {
    const { id } = await one<{ id: string }>(
      "insert into portfolios (workspace_id, provider, provider_portfolio_id) values ($1, 'meta', $2) returning id",
      [workspaceId, randomUUID()],
    );
    await db.owner.query("update sources set portfolio_id = $2 where id = $1", [sourceId, id]);
    for (const index of order) await words[index]?.(id);
    expect(await limitOf(id), String(order)).toBe(9);
    await notice(5, atMs - 1000);
    expect(await limitOf(id), "a second earlier").toBe(9);
    await notice(null, atMs + 1000);
    expect(await limitOf(id), "a second later").toBeNull();
  }
});

test("a limit that becomes known counts whom the ledger reached; one that rises or is lifted wakes the campaigns that wait, one that sinks nobody", async () => {
  const campaign = await aCampaign(2);
  const { workspaceId, campaignId, senderId, sourceId } = campaign;
  const { id } = await one<{ id: string }>(
    "insert into portfolios (workspace_id, provider, provider_portfolio_id) values ($1, 'meta', $2) returning id",
    [workspaceId, randomUUID()],
  );
  await db.owner.query("update sources set portfolio_id = $2 where id = $1", [sourceId, id]);
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const lanes = [{ campaignId, epoch, want: 1 }];
  const [sent] = handedOut(await grant(engine, { workspaceId, senderId, lanes }));
  if (!sent) throw new Error("nothing was granted");
  await record(engine, workspaceId, [result(sent, "accepted")]);
  const wakes: number[] = [];
  const limited = (second: number, limit: number | null) => say(campaign, { kind: "portfolio_limit", atMs: inSeconds(second), limit });
  await limited(0, 1);
  expect((await grant(engine, { workspaceId, senderId, lanes }))[0]).toMatchObject({ reason: "portfolio_limit", wait_ms: 1000 });
  while (await countPlaces(engine, { workspaceId, portfolioId: id }, 1000));
  expect(await one("select reserved from portfolios where id = $1", [id])).toEqual({ reserved: 1 });
  expect((await grant(engine, { workspaceId, senderId, lanes }))[0]?.reason).toBe("portfolio_limit");
  for (const [index, limit] of [1, 5, 5, 3, null].entries()) {
    await limited(10 + index * 10, limit);
    const { rows } = await db.owner.query("select from outbox where kind = 'workflow.wake' and ref ->> 'campaignId' = $1", [campaignId]);
    wakes.push(rows.length);
  }
  expect(wakes, "one when all were counted").toEqual([1, 2, 2, 2, 3]);
});

test("the newest limit of a portfolio counts, and an event of a number asks for its plan at once", async () => {
  const campaign = await aCampaign(1);
  const { workspaceId, sourceId, senderId } = campaign;
  const { id } = await one<{ id: string }>(
    "insert into portfolios (workspace_id, provider, provider_portfolio_id) values ($1, 'meta', $2) returning id",
    [workspaceId, randomUUID()],
  );
  await say(campaign, { kind: "portfolio_limit", atMs: inSeconds(0), limit: 250 });
  await db.owner.query("update sources set portfolio_id = $2 where id = $1", [sourceId, id]);
  for (const [second, limit] of [
    [2, 10_000],
    [1, 2000],
    [2, 10_000],
  ] as const)
    await say(campaign, { kind: "portfolio_limit", atMs: inSeconds(second), limit });
  expect(await one("select messaging_limit as n from portfolios where id = $1", [id])).toEqual({ n: 10_000 });
  await say(campaign, { kind: "portfolio_limit", atMs: inSeconds(5), limit: null });
  expect(await one("select messaging_limit as n from portfolios where id = $1", [id])).toEqual({ n: null });

  const claimed = async () =>
    (
      await engine.query<{ sender_id: string }>("select sender_id from herald.claim_numbers_to_plan(1000, '10 minutes', '1 minute')")
    ).rows.some(({ sender_id: claimedId }) => claimedId === senderId);
  expect([await claimed(), await claimed()], "a number nobody asked about yet is handed out once").toEqual([true, false]);
  await say(campaign, { kind: "number_changed", atMs: 0, displayNumber: "16505550100" });
  expect([await claimed(), await claimed()]).toEqual([true, false]);
  await say(campaign, { kind: "number_changed", atMs: 0, displayNumber: "999" });
  expect(await claimed()).toBe(false);
  await db.owner.query(
    "update phone_numbers set plan_due_at = null, plan_tried_at = now() - interval '2 minutes', plan_checked_at = now() - interval '9 minutes' where id = $1",
    [senderId],
  );
  expect(await claimed()).toBe(false);
  await db.owner.query("update phone_numbers set plan_checked_at = now() - interval '11 minutes' where id = $1", [senderId]);
  expect(await claimed()).toBe(true);
});

test("replies are debited in one step, up to a second ahead, and those of a backlog are not", async () => {
  const { workspaceId, senderId } = await aSending(db.owner, { capPerSecond: 10 });
  const { rows } = await db.owner.query<{ id: string }>(
    "insert into webhook_inbox (provider, body, received_at) values ('meta', '', clock_timestamp()), ('meta', '', clock_timestamp() - interval '3 seconds') returning id",
  );
  const [fresh, old] = rows.map(({ id }) => id);
  const aheadS = async () =>
    (
      await one<{ s: number }>(
        "select tat - extract(epoch from clock_timestamp())::double precision as s from phone_numbers where id = $1",
        [senderId],
      )
    ).s;
  const debit = (ids: readonly unknown[]) => engine.query("select herald.debit_replies($1, $2, $3)", [workspaceId, senderId, ids]);
  await debit([old, old]);
  expect(await aheadS()).toBeLessThan(0);
  await debit([fresh, fresh, fresh, old]);
  const after = await aheadS();
  expect(after).toBeGreaterThan(0.2);
  expect(after).toBeLessThanOrEqual(3 / (10 * 0.96) + 0.001);
  await debit(Array.from({ length: 50 }, () => fresh));
  expect(await aheadS()).toBeLessThanOrEqual(1);
});

test("room for replies grows with them, fades when they stop, and is never more than a fifth of the cap", async () => {
  const { workspaceId, senderId } = await aSending(db.owner, { capPerSecond: 80 });
  const room = async () =>
    (
      await one<{ room: number }>(
        "select herald.reply_room(cap_per_second, replies_per_s, replies_at) as room from phone_numbers where id = $1",
        [senderId],
      )
    ).room;
  const replies = async (count: number) => {
    const { rows } = await db.owner.query<{ id: string }>("insert into webhook_inbox (provider, body) values ('meta', '') returning id");
    await engine.query("select herald.debit_replies($1, $2, $3)", [
      workspaceId,
      senderId,
      Array.from({ length: count }, () => rows[0]?.id),
    ]);
  };
  expect(await room()).toBe(0);
  await replies(80);
  expect(await room()).toBeCloseTo(2 * Math.sqrt(0.6 * 8), 1);
  await replies(100_000);
  expect(await room()).toBe(16);
  await db.owner.query("update phone_numbers set replies_at = replies_at - 200 where id = $1", [senderId]);
  expect(await room()).toBeLessThan(0.01);
});
