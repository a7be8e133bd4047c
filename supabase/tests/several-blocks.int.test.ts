import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, handedOut, record, result, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance } from "./support/ledger.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

type Json = Record<string, unknown>;
const hourMs = 3_600_000;
/** A time from now as a provider tells it: whole seconds. */
const fromNow = (ms: number): number => Math.floor((Date.now() + ms) / 1000) * 1000;

async function aCampaign() {
  const sending = await aSending(db.owner);
  const campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 3));
  const epoch = await takeOver(engine, campaign.workspaceId, campaign.campaignId);
  return { ...campaign, epoch };
}
type Campaign = Awaited<ReturnType<typeof aCampaign>>;
const ask = async ({ workspaceId, senderId, campaignId, epoch }: Campaign, want = 5) =>
  grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want }] });
const say = ({ workspaceId, sourceId }: Launched, event: Json) =>
  engine.query("select herald.record_account_event($1, $2, $3)", [workspaceId, sourceId, JSON.stringify(event)]);
const restricted = (untilMs: number | null, atMs: number, more: Json = {}): Json => ({
  kind: "account_state",
  topic: "restriction",
  isRestricted: true,
  code: "RESTRICTED",
  untilMs,
  cures: [],
  refusals: ["368"],
  atMs,
  ...more,
});
/** Ends are told in whole seconds, by a clock that is not ours: whoever asks before the true end is refused again, and that refusal has no end. */
const sureAfterMs = 5000;
const refused = (code: string, block = "waba", of = "WABA"): Json => ({ retryMs: null, reason: of, class: of, code, block });

type Open = { readonly id: string; readonly code: string | null; readonly lifts: number | null };
const openOf = async ({ senderId, sourceId, templateId }: Launched): Promise<readonly Open[]> =>
  (
    await db.owner.query<Open>(
      `select id, code, (extract(epoch from lifts_at) * 1000)::double precision as lifts from blocks
       where scope_id = any ($1) and cured_at is null order by id`,
      [[senderId, sourceId, templateId]],
    )
  ).rows;
const codesOf = async (campaign: Launched) => (await openOf(campaign)).map(({ code }) => code);
const cure = async ({ workspaceId }: Launched, block: Open | undefined): Promise<number> =>
  (await engine.query<{ n: number }>("select herald.cure_block($1, $2) as n", [workspaceId, block?.id])).rows[0]?.n ?? -1;
const wakesOf = async ({ campaignId }: Launched): Promise<number> =>
  (await db.owner.query("select from outbox where kind = 'workflow.wake' and ref ->> 'campaignId' = $1", [campaignId])).rowCount ?? 0;
const lapsed = async ({ workspaceId }: Launched): Promise<readonly string[]> =>
  (
    await engine.query<{ id: string }>("select block_id as id from herald.blocks_to_lift() where workspace_id = $1 order by 1", [
      workspaceId,
    ])
  ).rows.map(({ id }) => id);

test("a second cause is a block of its own: the cure of the first frees and wakes nothing, that of the last everything", async () => {
  const campaign = await aCampaign();
  const [first, second] = handedOut(await ask(campaign, 2));
  if (!first || !second) throw new Error("nothing was granted");
  const untilMs = fromNow(2 * hourMs);
  await say(campaign, restricted(untilMs, fromNow(-1000)));
  await record(engine, campaign.workspaceId, [
    result(first, "deferred", refused("131042")),
    result(second, "deferred", refused("131048", "number", "NUMBER")),
  ]);
  const open = await openOf(campaign);
  expect(open).toMatchObject([
    { code: "RESTRICTED", lifts: untilMs + sureAfterMs },
    { code: "131048", lifts: null },
    { code: "131042", lifts: null },
  ]);
  for (const block of open.slice(0, 2)) {
    expect(await cure(campaign, block)).toBe(0);
    expect(await wakesOf(campaign)).toBe(0);
    expect((await ask(campaign))[0]?.reason).toBe("blocked");
  }
  expect(await cure(campaign, open[2])).toBe(2);
  expect(await wakesOf(campaign)).toBe(1);
  expect((await ask(campaign))[0]?.message_ids).toHaveLength(3);
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("two cures at once: whichever comes last frees what waits", async () => {
  const campaign = await aCampaign();
  const [first] = handedOut(await ask(campaign, 1));
  if (!first) throw new Error("nothing was granted");
  await record(engine, campaign.workspaceId, [result(first, "deferred", refused("131042"))]);
  await say(campaign, restricted(null, fromNow(0)));
  const open = await openOf(campaign);
  const operator = await db.connect("engine");
  const { rows } = await operator.query<{ pid: number }>("select pg_backend_pid() as pid");
  await engine.query("begin");
  expect(await cure(campaign, open[0])).toBe(0);
  const other = operator.query<{ n: number }>("select herald.cure_block($1, $2) as n", [campaign.workspaceId, open[1]?.id]);
  await expect
    .poll(async () => (await db.owner.query("select cardinality(pg_blocking_pids($1)) as n", [rows[0]?.pid])).rows, { timeout: 10_000 })
    .toEqual([{ n: 1 }]);
  await engine.query("commit");
  expect((await other).rows).toEqual([{ n: 1 }]);
  expect(await wakesOf(campaign)).toBe(1);
});

test("the same cause said again keeps its block, and its end moves only further away", async () => {
  const campaign = await aCampaign();
  const [inOne, inTwo] = [fromNow(hourMs), fromNow(2 * hourMs)];
  await say(campaign, restricted(inOne, fromNow(-9000)));
  const [block] = await openOf(campaign);
  for (const [untilMs, agoMs, expected] of [
    [inTwo, 8000, inTwo],
    [inOne, 7000, inTwo],
    [null, 6000, null],
    [inTwo, 5000, null],
  ] as const) {
    await say(campaign, restricted(untilMs, fromNow(-agoMs)));
    expect(await openOf(campaign)).toEqual([{ ...block, lifts: expected === null ? null : expected + sureAfterMs }]);
  }
});

test("a refusal without an end makes the block of its code endless", async () => {
  const campaign = await aCampaign();
  await say(campaign, restricted(fromNow(hourMs), fromNow(-1000), { code: "131042", refusals: [] }));
  const [block] = await openOf(campaign);
  await engine.query("select herald.enter_workspace($1), herald.open_blocks($1, $2)", [
    campaign.workspaceId,
    JSON.stringify([{ campaign_id: campaign.campaignId, block: "waba", class: "WABA", code: "131042" }]),
  ]);
  expect(await openOf(campaign)).toEqual([{ ...block, lifts: null }]);
});

test.each(["webhook", "refusal"])(
  "a refusal that only repeats what the provider's word said is no cause of its own, the %s first, so that a restriction ends by itself",
  async (first) => {
    const campaign = await aCampaign();
    const [handed] = handedOut(await ask(campaign, 1));
    if (!handed) throw new Error("nothing was granted");
    const untilMs = fromNow(hourMs);
    const tell = [
      () => say(campaign, restricted(untilMs, fromNow(0))),
      () => record(engine, campaign.workspaceId, [result(handed, "deferred", refused("368"))]),
    ];
    if (first === "refusal") tell.reverse();
    await tell[0]?.();
    const [before] = await openOf(campaign);
    await tell[1]?.();
    // an operator's list keeps its row
    const open = [{ id: before?.id, code: "RESTRICTED", lifts: untilMs + sureAfterMs }];
    expect(await openOf(campaign)).toEqual(open);
    expect(await lapsed(campaign)).toEqual([]);
    await db.owner.query("update blocks set lifts_at = now() where id = $1", [before?.id]);
    expect(await lapsed(campaign)).toEqual([before?.id]);
    expect(await cure(campaign, before)).toBe(1);
    expect((await ask(campaign))[0]?.message_ids).toHaveLength(3);
  },
);

test.each([
  { said: "with an end", untilMs: () => fromNow(hourMs) },
  { said: "without", untilMs: () => null },
])(
  "refusals of two codes that come of one restriction, said $said, are one block with it: nothing of them outlives it",
  async ({ untilMs }) => {
    const campaign = await aCampaign();
    const [first, second] = handedOut(await ask(campaign, 2));
    if (!first || !second) throw new Error("nothing was granted");
    await record(engine, campaign.workspaceId, [
      result(first, "deferred", refused("368")),
      result(second, "deferred", refused("131031", "waba")),
    ]);
    expect(new Set(await codesOf(campaign))).toEqual(new Set(["131031", "368"]));
    await say(campaign, restricted(untilMs(), fromNow(0), { refusals: ["368", "131031"] }));
    const open = await openOf(campaign);
    expect(open).toMatchObject([{ code: "RESTRICTED" }]);
    expect(await cure(campaign, open[0])).toBe(2);
    expect(await codesOf(campaign)).toEqual([]);
    expect((await ask(campaign))[0]?.message_ids).toHaveLength(3);
  },
);

test("a refusal from before a restriction that is only said again ends in it too", async () => {
  const campaign = await aCampaign();
  const untilMs = fromNow(hourMs);
  await say(campaign, restricted(untilMs, fromNow(-9000), { refusals: [] }));
  await engine.query("select herald.enter_workspace($1), herald.open_blocks($1, $2)", [
    campaign.workspaceId,
    JSON.stringify([{ campaign_id: campaign.campaignId, block: "waba", class: "WABA", code: "368" }]),
  ]);
  expect(await codesOf(campaign)).toEqual(["RESTRICTED", "368"]);
  await say(campaign, restricted(untilMs, fromNow(-1000)));
  expect(await codesOf(campaign)).toEqual(["RESTRICTED"]);
});

test("a refusal that is being written while the provider says the same is no cause of its own either", async () => {
  const campaign = await aCampaign();
  const [handed] = handedOut(await ask(campaign, 1));
  if (!handed) throw new Error("nothing was granted");
  const inbox = await db.connect("engine");
  const { rows } = await inbox.query<{ pid: number }>("select pg_backend_pid() as pid");
  await engine.query("begin");
  await record(engine, campaign.workspaceId, [result(handed, "deferred", refused("368"))]);
  const said = inbox.query("select herald.record_account_event($1, $2, $3)", [
    campaign.workspaceId,
    campaign.sourceId,
    JSON.stringify(restricted(fromNow(hourMs), fromNow(0))),
  ]);
  const isHeldUp = async () => (await db.owner.query("select cardinality(pg_blocking_pids($1)) as n", [rows[0]?.pid])).rows;
  try {
    await expect.poll(isHeldUp, { timeout: 10_000 }).toEqual([{ n: 1 }]);
  } finally {
    await engine.query("commit");
  }
  await said;
  expect(await codesOf(campaign)).toEqual(["RESTRICTED"]);
});

test("a refusal from long before a restriction is a cause of its own, and stays when the restriction ends", async () => {
  const campaign = await aCampaign();
  await db.owner.query(
    "insert into blocks (workspace_id, scope, scope_id, class, code, created_at) values ($1, 'waba', $2, 'WABA', '368', now() - interval '1 hour')",
    [campaign.workspaceId, campaign.sourceId],
  );
  await say(campaign, restricted(fromNow(hourMs), fromNow(0)));
  expect(await codesOf(campaign)).toEqual(["368", "RESTRICTED"]);
});
