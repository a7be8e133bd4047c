import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { steppableClock } from "./support/clock.ts";
import { type Handed, handedOut, merge, receipt, record, result, returnLost, skipOpen } from "./support/engine.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { messagesOf } from "./support/ledger.ts";
import { explaining, readsOf } from "./support/plans.ts";
import { aPortfolio, ask, makeLimitKnown, placesOf, type Running, wrote } from "./support/portfolio.ts";

let db: LawDatabase;
let engine: pg.Client;
let setAhead: (aheadS: number) => Promise<void>;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  setAhead = await steppableClock(db.owner);
});
afterAll(() => db?.drop());

const hourS = 3600;
const two = (campaigns: readonly Running[]): readonly [Running, Running] => {
  const [one, other] = campaigns;
  if (!one || !other) throw new Error("two campaigns were launched");
  return [one, other];
};
const setLimit = (portfolioId: string, limit: number | null) =>
  db.owner.query("update portfolios set messaging_limit = $2 where id = $1", [portfolioId, limit]);
const accepted = (workspaceId: string, handed: readonly Handed[]) =>
  record(
    engine,
    workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
const peopleOf = async (campaign: Running, handed: readonly Handed[]): Promise<readonly string[]> => {
  const rows = await messagesOf(db.owner, campaign.campaignId);
  return handed.map(({ messageId }) => rows.find(({ id }) => id === messageId)?.contactId ?? "").toSorted();
};

test("when a limit becomes known, whoever was reached in the last 24 h outside a window is counted, and nobody else", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: null }, (ids) => [ids.slice(0, 8), ids.slice(6)]);
  const { workspaceId, portfolioId, contactIds } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  // his window was open when he was written to; hers opened only afterwards
  await wrote(db.owner, one, contactIds.slice(7, 8));
  const handed = handedOut(await ask(engine, one, 8));
  expect(handed).toHaveLength(8);
  const [delivered, failed, unknown, longAgo, replied, open, sent] = handed;
  if (!delivered || !failed || !unknown || !longAgo || !replied || !open || !sent) throw new Error("eight were granted");
  await accepted(workspaceId, [delivered, longAgo, replied, sent, ...handed.slice(7)]);
  await record(engine, workspaceId, [result(failed, "failed"), result(unknown, "unknown")]);
  await merge(engine, workspaceId, [
    receipt(delivered, "delivered"),
    receipt(longAgo, "delivered", { atMs: Date.now() - 25 * hourS * 1000 }),
  ]);
  await wrote(db.owner, one, contactIds.slice(4, 5), 0);
  await makeLimitKnown(engine, portfolio, 8);
  expect(await placesOf(db.owner, portfolioId), "delivered, unknown, replied, open, sent").toEqual({ rows: 5, taken: 5 });
  const more = handedOut(await ask(engine, other, 30));
  // the first two of the second campaign have a place, or had a window with the other number only
  expect(await peopleOf(other, more)).toEqual([contactIds[6], ...contactIds.slice(7, 10)]);
  await setAhead(24 * hourS + 60);
  expect(handedOut(await ask(engine, other, 30)), "the delivered one's place is free after 24 h").toHaveLength(1);
});

test("a grant that is under way while the limit becomes known is counted", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: null }, (ids) => [ids.slice(0, 20), ids.slice(20)]);
  const [one, other] = two(portfolio.campaigns);
  const [granting, setting] = [await db.connect("engine"), await db.connect("engine")];
  await granting.query("begin");
  expect(handedOut(await ask(granting, one, 5))).toHaveLength(5);
  const known = makeLimitKnown(setting, portfolio, 6);
  const late = ask(engine, other, 20);
  await granting.query("commit");
  await known;
  const granted = handedOut(await late).length + handedOut(await ask(engine, other, 20)).length;
  const places = await placesOf(db.owner, portfolio.portfolioId);
  expect(places.taken).toBe(5 + granted);
  expect(handedOut(await ask(engine, other, 20)), "at the limit, or above it by what was granted before it was known").toEqual([]);
});

test("a delivery that is heard of after the place ran out takes it again, for 24 h from the delivery", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 3 }, (ids) => [ids.slice(0, 20), ids.slice(20)]);
  const { workspaceId, portfolioId } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  const handed = handedOut(await ask(engine, one, 3));
  const [late, stale, silent] = handed;
  if (!late || !stale || !silent) throw new Error("three were granted");
  await accepted(workspaceId, handed);
  await setAhead(49 * hourS);
  expect(handedOut(await ask(engine, other, 1)), "all three had run out, and are swept").toHaveLength(1);
  const nowMs = Date.now() + 49 * hourS * 1000;
  await merge(engine, workspaceId, [
    receipt(late, "delivered", { atMs: nowMs - hourS * 1000 }),
    receipt(stale, "delivered", { atMs: nowMs - 25 * hourS * 1000 }),
  ]);
  expect(await placesOf(db.owner, portfolioId), "the late one, and the one that was granted since").toEqual({ rows: 2, taken: 2 });
  expect(handedOut(await ask(engine, other, 20)), "one of three is left").toHaveLength(1);
  expect(await placesOf(db.owner, portfolioId)).toEqual({ rows: 3, taken: 3 });
  await setAhead((49 + 23) * hourS + 60);
  expect(handedOut(await ask(engine, other, 20)), "24 h after the late delivery").toHaveLength(1);
});

test("a person who wrote before the message needs no place, however late the delivery is heard of", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 3 }, (ids) => [ids.slice(0, 1), ids.slice(20)]);
  const [one] = two(portfolio.campaigns);
  await wrote(db.owner, one, portfolio.contactIds.slice(0, 1));
  const handed = handedOut(await ask(engine, one, 1));
  await accepted(portfolio.workspaceId, handed);
  await merge(
    engine,
    portfolio.workspaceId,
    handed.map((spot) => receipt(spot, "delivered")),
  );
  expect(await placesOf(db.owner, portfolio.portfolioId)).toEqual({ rows: 0, taken: 0 });
});

test("a late delivery keeps its place also when a newer message to the person holds it and fails", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 1 }, (ids) => [ids.slice(0, 1), ids.slice(0, 1), ids.slice(1)]);
  const { workspaceId } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  const third = portfolio.campaigns[2] ?? one;
  const first = handedOut(await ask(engine, one, 1));
  await accepted(workspaceId, first);
  await setAhead(49 * hourS);
  const second = handedOut(await ask(engine, other, 1));
  await merge(
    engine,
    workspaceId,
    first.map((spot) => receipt(spot, "delivered")),
  );
  await record(
    engine,
    workspaceId,
    second.map((spot) => result(spot, "failed")),
  );
  expect(handedOut(await ask(engine, third, 1))).toEqual([]);
});

test.each(["failed", "deferred", "queued"] as const)(
  "what was taken for %s and was sent after all takes its place again",
  async (state) => {
    await setAhead(0);
    const portfolio = await aPortfolio(db.owner, engine, { limit: 2 }, (ids) => [ids.slice(0, 1), ids.slice(20)]);
    const { workspaceId, portfolioId } = portfolio;
    const [one, other] = two(portfolio.campaigns);
    const handed = handedOut(await ask(engine, one, 1));
    await record(
      engine,
      workspaceId,
      handed.map((spot) => result(spot, state, { retryMs: 1e9 })),
    );
    expect(await placesOf(db.owner, portfolioId)).toMatchObject({ rows: 0 });
    expect(handedOut(await ask(engine, other, 1)), "sweeps the place").toHaveLength(1);
    await merge(
      engine,
      workspaceId,
      handed.map((spot) => receipt(spot, "sent")),
    );
    expect(await messagesOf(db.owner, one.campaignId)).toMatchObject([{ state: "accepted" }]);
    expect(await placesOf(db.owner, portfolioId)).toEqual({ rows: 2, taken: 2 });
    expect(handedOut(await ask(engine, other, 1))).toEqual([]);
  },
);

test("a lost grant's messages keep their places for themselves: nothing leaks when they are cancelled, nothing starves behind the queue", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 4 }, (ids) => [ids.slice(0, 30), ids.slice(30)]);
  const { workspaceId, portfolioId } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  const granted = handedOut(await ask(engine, one, 4));
  expect(await returnLost(engine, { ...one, held: [] })).toBe(4);
  expect(handedOut(await ask(engine, other, 4)), "their places are theirs").toEqual([]);
  // they went back behind 26 others, who all need a place
  const again = handedOut(await ask(engine, one, 4));
  expect(again.map(({ messageId }) => messageId).toSorted()).toEqual(granted.map(({ messageId }) => messageId).toSorted());
  expect(await placesOf(db.owner, portfolioId)).toEqual({ rows: 4, taken: 4 });
  expect(await returnLost(engine, { ...one, held: [] })).toBe(4);
  await db.owner.query("update campaign_controls set flag = 'cancelled' where campaign_id = $1", [one.campaignId]);
  expect(await skipOpen(engine, workspaceId, one.campaignId, "cancelled")).toBe(30);
  expect(handedOut(await ask(engine, other, 4)), "a cancelled campaign gives them back").toHaveLength(4);
});

test("a message that may have been sent keeps its place when an operator's resend of it is cancelled", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 1 }, (ids) => [ids.slice(0, 1), ids.slice(30)]);
  const { workspaceId } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  const handed = handedOut(await ask(engine, one, 1));
  await record(
    engine,
    workspaceId,
    handed.map((spot) => result(spot, "unknown")),
  );
  await db.owner.query(
    "update campaign_messages set state = 'queued', reason = 'resend', next_at = clock_timestamp() where campaign_id = $1",
    [one.campaignId],
  );
  await db.owner.query("update campaign_controls set flag = 'cancelled' where campaign_id = $1", [one.campaignId]);
  expect(await skipOpen(engine, workspaceId, one.campaignId, "cancelled")).toBe(1);
  expect(handedOut(await ask(engine, other, 1))).toEqual([]);
});

test("at the limit, people at the end of the queue who need no place are served past those who do", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 3, people: 60 }, (ids) => [
    ids.slice(0, 3),
    ids.slice(3).concat(ids.slice(0, 3)),
  ]);
  const { contactIds } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  expect(handedOut(await ask(engine, one, 3))).toHaveLength(3);
  await wrote(db.owner, other, contactIds.slice(55, 60));
  const lanes = await ask(engine, other, 4);
  expect(lanes).toMatchObject([{ reason: "granted", skipped: 0 }]);
  const rest = await ask(engine, other, 30);
  const served = await peopleOf(other, [...handedOut(lanes), ...handedOut(rest)]);
  expect(served).toEqual([...contactIds.slice(0, 3), ...contactIds.slice(55, 60)].toSorted());
  const [early] = await ask(engine, other, 30);
  expect(early).toMatchObject({ reason: "portfolio_limit", message_ids: [] });
  expect(early?.wait_ms, "all were looked at a moment ago: not again at once, and not much later").toBeLessThanOrEqual(5000);
  await setAhead(6);
  const [end] = await ask(engine, other, 30);
  expect(end).toMatchObject({ reason: "portfolio_limit", message_ids: [], skipped: 0 });
  expect(end?.wait_ms).toBeGreaterThan(23 * hourS * 1000);
  await wrote(db.owner, other, contactIds.slice(40, 41));
  await setAhead(12);
  expect(await peopleOf(other, handedOut(await ask(engine, other, 30))), "whoever writes meanwhile").toEqual([contactIds[40]]);
  expect(await placesOf(db.owner, portfolio.portfolioId), "none of it took a place").toEqual({ rows: 3, taken: 3 });
});

test("at the limit the queue is passed a bounded part a call, and all of it is passed", async () => {
  await setAhead(0);
  const count = 3000;
  const portfolio = await aPortfolio(db.owner, engine, { limit: 1, people: count }, (ids) => [ids.slice(0, 1), ids.slice(1)]);
  const { contactIds } = portfolio;
  const [one, other] = two(portfolio.campaigns);
  expect(handedOut(await ask(engine, one, 1))).toHaveLength(1);
  // first in the queue are 500 without a place, and most windows are those of people who are owed nothing
  await wrote(db.owner, other, contactIds.slice(501, -2), 7200);
  await wrote(db.owner, other, contactIds.slice(-2));
  await db.owner.query(
    "update campaign_messages set state = 'skipped', reason = 'cancelled', next_at = null where campaign_id = $1 and contact_id = any ($2)",
    [other.campaignId, contactIds.slice(501, -2)],
  );
  const served: Handed[] = [];
  const empty: unknown[] = [];
  while (served.length < 2 && empty.length < 20) {
    const lanes = await ask(engine, other, 100);
    const handed = handedOut(lanes);
    served.push(...handed);
    if (handed.length === 0) empty.push(...lanes.map(({ reason, wait_ms }) => ({ reason, wait_ms })));
  }
  expect(await peopleOf(other, served)).toEqual(contactIds.slice(-2));
  expect(empty.length).toBeGreaterThan(3);
  expect(empty, "asked again soon: the pass goes on").toEqual(empty.map(() => ({ reason: "portfolio_limit", wait_ms: 50 })));
});

test("at the limit a call reads by the indexes, and no more than one part of the walk", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 1, people: 3000 }, (ids) => [ids.slice(0, 1), ids.slice(1)]);
  const [one, other] = two(portfolio.campaigns);
  expect(handedOut(await ask(engine, one, 1))).toHaveLength(1);
  await wrote(db.owner, other, portfolio.contactIds.slice(1, 2000));
  await db.owner.query("analyze campaign_messages, service_windows, portfolio_reservations");
  const client = await db.connect("owner");
  const explain = await explaining(client);
  const { value, plans } = await explain(() => ask(client, other, 50));
  expect(handedOut(value)).toHaveLength(50);
  for (const table of ["campaign_messages", "service_windows", "portfolio_reservations"]) {
    const reads = readsOf(plans, table);
    expect(reads.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    expect(Math.max(...reads.map((node) => Number(node["Actual Rows"]) * Number(node["Actual Loops"])))).toBeLessThanOrEqual(502);
  }
});

test("a raised limit wakes the campaigns of the portfolio's numbers that are under way, and no other", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 1 }, (ids) => [ids, ids, ids, ids]);
  const elsewhere = await aPortfolio(db.owner, engine, { limit: 1 }, (ids) => [ids]);
  const [waiting, sending, paused, done] = portfolio.campaigns.map(({ campaignId }) => campaignId);
  await db.owner.query("update campaign_history set status = 'paused' where id = $1", [paused]);
  await db.owner.query("update campaign_history set status = 'partially_sent', run_no = 2 where id = $1", [done]);
  await engine.query("begin");
  await engine.query("select herald.enter_workspace($1)", [portfolio.workspaceId]);
  const { rows } = await engine.query("select herald.wake_portfolio($1, $2) as woken", [portfolio.workspaceId, portfolio.portfolioId]);
  await engine.query("commit");
  expect(rows).toEqual([{ woken: 2 }]);
  const { rows: told } = await db.owner.query("select kind, ref from outbox where workspace_id = any ($1) order by ref ->> 'campaignId'", [
    [portfolio.workspaceId, elsewhere.workspaceId],
  ]);
  expect(told).toEqual(
    [waiting ?? "", sending ?? ""]
      .toSorted((one, two) => one.localeCompare(two))
      .map((campaignId) => ({ kind: "workflow.wake", ref: { campaignId, runNo: 0, controlSeq: 1 } })),
  );
});

test("a raised or lifted limit lets those go on who waited", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 2 }, (ids) => [ids.slice(0, 20), ids.slice(20)]);
  const [one] = two(portfolio.campaigns);
  expect(handedOut(await ask(engine, one, 20))).toHaveLength(2);
  expect(await ask(engine, one, 20)).toMatchObject([{ reason: "portfolio_limit" }]);
  await setLimit(portfolio.portfolioId, 5);
  expect(handedOut(await ask(engine, one, 20))).toHaveLength(3);
  await setLimit(portfolio.portfolioId, null);
  expect(handedOut(await ask(engine, one, 20))).toHaveLength(15);
});
