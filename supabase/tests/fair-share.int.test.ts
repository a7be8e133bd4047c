import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { steppableClock } from "./support/clock.ts";
import { type GrantedLane, grant, type LaneAsk, pace, returnLost, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people, type Sending } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { setFlag } from "./support/ledger.ts";

let db: LawDatabase;
let engine: pg.Client;
let setAhead: (aheadS: number) => Promise<void>;
let now = 0;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  setAhead = await steppableClock(db.owner);
  await db.owner.query(`create or replace function herald.now_s() returns double precision language sql volatile as
    $$ select 1800000000 + (select ahead from herald.test_shift) $$`);
});
afterAll(() => db?.drop());

const { horizon, quantum } = pace;
/** Time passes only here, so that a share is a matter of the gate and not of this machine. */
async function pass(seconds: number): Promise<void> {
  now += seconds;
  await setAhead(now);
}

type Campaign = Launched & { readonly lane: LaneAsk };
async function campaigns(count: number, options: { readonly capPerSecond?: number; readonly messages?: number } = {}): Promise<Campaign[]> {
  const { capPerSecond = 200, messages = 1500 } = options;
  const sending = await aSending(db.owner, { capPerSecond });
  const contactIds = await people(db.owner, sending.workspaceId, messages);
  const made: Campaign[] = [];
  for (let nth = 0; nth < count; nth += 1) made.push(await aCampaign(sending, contactIds));
  return made;
}
async function aCampaign(sending: Sending, contactIds: readonly string[], category?: "UTILITY"): Promise<Campaign> {
  const campaign = await launched(db.owner, sending, contactIds, category);
  const epoch = await takeOver(engine, sending.workspaceId, campaign.campaignId);
  return { ...campaign, lane: { campaignId: campaign.campaignId, epoch, want: 512 } };
}
const setWeight = (campaign: Campaign | undefined, weight: number) =>
  db.owner.query("update campaign_controls set weight = $2 where campaign_id = $1", [campaign?.campaignId, weight]);

async function ask(asking: readonly Campaign[], client = engine): Promise<readonly GrantedLane[]> {
  const [first] = asking;
  if (!first) throw new Error("nobody asks");
  return grant(client, { ...first, lanes: asking.map(({ lane }) => lane), horizon, quantum });
}
/** Lets processes ask for this long, each when it was told to and `lateS` later; who comes first in `groups` comes first whenever two ask at once. */
async function drive(groups: readonly (readonly Campaign[])[], forS: number, lateS = 0): Promise<Map<string, number>> {
  const got = new Map<string, number>();
  const endS = now + forS;
  const processes = groups.map((group) => ({ group, nextS: now }));
  for (;;) {
    const [next] = processes.toSorted((one, other) => one.nextS - other.nextS);
    if (!next || next.nextS >= endS) break;
    await pass(Math.max(0, next.nextS - now));
    const lanes = await ask(next.group);
    for (const { campaign_id, message_ids } of lanes) got.set(campaign_id, (got.get(campaign_id) ?? 0) + message_ids.length);
    next.nextS = now + lateS + Math.max(1, Math.min(...lanes.map(({ wait_ms }) => wait_ms))) / 1000;
  }
  await pass(Math.max(0, endS - now));
  return got;
}
const sharesOf = (got: ReadonlyMap<string, number>, of: readonly Campaign[]): readonly number[] => {
  const total = [...got.values()].reduce((sum, n) => sum + n, 0);
  return of.map(({ campaignId }) => (got.get(campaignId) ?? 0) / total);
};
const expectNear = (share: number, wanted: number): void => {
  expect(share).toBeGreaterThan(wanted * 0.95);
  expect(share).toBeLessThan(wanted * 1.05);
};

describe("campaigns of one number share it by weight", () => {
  test.each([
    ["in one process", 0, (all: readonly Campaign[]) => [all]],
    ["in a process each", 0, (all: readonly Campaign[]) => all.map((one) => [one])],
    ["in one process that comes 100 ms late every time", 0.1, (all: readonly Campaign[]) => [all]],
  ] as const)("1 : 1 : 2 within 5 %% %s", async (_name, lateS, groupsOf) => {
    const all = await campaigns(3);
    await setWeight(all[2], 2);
    await drive(groupsOf(all), 1, lateS); // whoever comes first finds a full horizon
    const got = await drive(groupsOf(all), 10, lateS);
    const [one = 0, other = 0, heavy = 0] = sharesOf(got, all);
    expectNear(one, 0.25);
    expectNear(other, 0.25);
    expectNear(heavy, 0.5);
    const total = [...got.values()].reduce((sum, n) => sum + n, 0);
    expect(total, "and none of it is lost").toBeGreaterThan(10 * 200 * 0.97 * 0.97);
  });

  test("one that dies costs the others nothing, and within 2 s its share is theirs", async () => {
    const all = await campaigns(2, { messages: 2500 });
    const [dead, alive] = all;
    if (!dead || !alive) throw new Error("two were launched");
    await drive([[dead], [alive]], 2);
    const total = [...(await drive([[alive]], 2)).values()].reduce((sum, n) => sum + n, 0);
    expect(total).toBeGreaterThan(2 * 200 * 0.97 * 0.9);
    await pass(1);
    const { rows } = await db.owner.query("select herald.now_s() - asked_at > 2 as is_gone from number_lanes where campaign_id = $1", [
      dead.campaignId,
    ]);
    expect(rows).toEqual([{ is_gone: true }]);
    await ask([alive]);
    expect(
      (await ask([alive])).map(({ reason }) => reason),
      "it is never told to let the dead one go first",
    ).toEqual(["pace"]);
  });

  test.each(["joins", "comes back after a pause"])("one that %s starts level, it does not catch up", async (how) => {
    const all = await campaigns(2, { messages: 3000 });
    const [late, early] = all;
    if (!late || !early) throw new Error("two were launched");
    if (how !== "joins") await drive([all], 1);
    await drive([[early]], 4);
    const [share = 0] = sharesOf(await drive([[late], [early]], 4), [late]);
    expectNear(share, 0.5);
  });

  test("one that comes back to a number nobody asked for is not held back for what it had before", async () => {
    const all = await campaigns(2, { messages: 3000 });
    const [late, early] = all;
    if (!late || !early) throw new Error("two were launched");
    await drive([[early]], 4);
    await pass(10);
    await drive([[late]], 0.01);
    const [share = 0] = sharesOf(await drive([[late], [early]], 4), [early]);
    expectNear(share, 0.5);
  });
});

test("of equals what people are owed goes before what they are offered, and starves nobody", async () => {
  const sending = await aSending(db.owner, { capPerSecond: 20 });
  const contactIds = await people(db.owner, sending.workspaceId, 60);
  const made = [
    await aCampaign(sending, contactIds),
    await aCampaign(sending, contactIds, "UTILITY"),
    await aCampaign(sending, contactIds),
  ];
  const utility = made[1];
  const [first] = (await ask(made)).filter(({ message_ids }) => message_ids.length > 0).toSorted((a, b) => a.first_ms - b.first_ms);
  expect(first?.campaign_id).toBe(utility?.campaignId);
  const got = await drive([made], 8);
  for (const share of sharesOf(got, made)) expect(share).toBeGreaterThan(0.28);
});

test("a test send is served first and at once, however far ahead it is, and does not change the shares of others", async () => {
  const [bulk, other] = await campaigns(2);
  if (!bulk || !other) throw new Error("two were launched");
  const testSend = await aCampaign(bulk, await people(db.owner, bulk.workspaceId, 4));
  await db.owner.query("alter table campaign_controls disable trigger keep_frozen");
  await db.owner.query("update campaign_controls set is_priority = true where campaign_id = $1", [testSend.campaignId]);
  await db.owner.query("alter table campaign_controls enable trigger keep_frozen");
  await drive([[bulk, other]], 3);
  await db.owner.query("update number_lanes set vtime = 1e9 where campaign_id = $1", [testSend.campaignId]);
  while ((await ask([bulk]))[0]?.reason === "granted") await pass(0.001);
  await pass(0.006);
  expect((await ask([bulk])).map(({ reason }) => reason)).toEqual(["pace"]);
  expect(
    (await ask([{ ...testSend, lane: { ...testSend.lane, want: 1 } }])).map(({ reason }) => reason),
    "less than a quantum is enough",
  ).toEqual(["granted"]);
  await drive([[bulk, other], [testSend]], 0.6);
  const { rows } = await db.owner.query("select count(*)::int as n from campaign_attempts where campaign_id = $1", [testSend.campaignId]);
  expect(rows).toEqual([{ n: 4 }]);
  for (const share of sharesOf(await drive([[bulk, other], [testSend]], 5), [bulk, other])) expectNear(share, 0.5);
});

test("in one call with others a test send gets the first slots, however far ahead it is", async () => {
  const [bulk] = await campaigns(1);
  if (!bulk) throw new Error("one was launched");
  const testSend = await launched(db.owner, bulk, await people(db.owner, bulk.workspaceId, 4), "MARKETING", true);
  const epoch = await takeOver(engine, bulk.workspaceId, testSend.campaignId);
  await db.owner.query("update number_lanes set vtime = 1e9 where campaign_id = $1", [testSend.campaignId]);
  const lanes = await ask([bulk, { ...testSend, lane: { campaignId: testSend.campaignId, epoch, want: 512 } }]);
  const [others, first] = lanes;
  expect(first?.message_ids).toHaveLength(4);
  expect(others?.message_ids.length).toBeGreaterThan(0);
  expect(first?.first_ms).toBeLessThan(others?.first_ms ?? 0);
});

test("a campaign keeps its own ceiling, says when it may go on, and what it leaves goes to the others", async () => {
  const all = await campaigns(2, { capPerSecond: 80 });
  const [slow, fast] = all;
  await db.owner.query("update campaign_controls set max_per_second = 5 where campaign_id = $1", [slow?.campaignId]);
  const got = await drive([all], 10);
  expect(got.get(slow?.campaignId ?? "")).toBeGreaterThan(47);
  expect(got.get(slow?.campaignId ?? "")).toBeLessThanOrEqual(52);
  expect(got.get(fast?.campaignId ?? "")).toBeGreaterThan(10 * 80 * 0.97 * 0.97 - 52);
  await pass(0.1);
  const lane = (await ask(slow ? [slow] : [])).concat(await ask(slow ? [slow] : [])).find(({ reason }) => reason === "rate");
  expect(lane?.wait_ms).toBeGreaterThan(0);
  expect(lane?.wait_ms).toBeLessThanOrEqual(200);
});

test("marketing waits while what people wrote is older than 30 s and unread; utility goes on, and one event nobody can read stops nothing", async () => {
  const [marketing] = await campaigns(1, { messages: 50 });
  if (!marketing) throw new Error("one was launched");
  const utility = await aCampaign(marketing, await people(db.owner, marketing.workspaceId, 50), "UTILITY");
  const reasons = async () => {
    await pass(0.3);
    return (
      await ask([
        { ...marketing, lane: { ...marketing.lane, want: 1 } },
        { ...utility, lane: { ...utility.lane, want: 1 } },
      ])
    ).map(({ reason }) => reason);
  };
  await db.owner.query(
    "insert into webhook_inbox (provider, body, received_at) values ('meta', '', clock_timestamp() - interval '20 seconds')",
  );
  expect(await reasons()).toEqual(["granted", "granted"]);
  await db.owner.query("update webhook_inbox set received_at = clock_timestamp() - interval '31 seconds'");
  expect(await reasons()).toEqual(["inbox_behind", "granted"]);
  await db.owner.query("update webhook_inbox set tries = 4, available_at = clock_timestamp() + interval '1 minute'");
  expect(await reasons()).toEqual(["granted", "granted"]);
  await db.owner.query("update webhook_inbox set tries = 1");
  expect(await reasons()).toEqual(["inbox_behind", "granted"]);
  await db.owner.query("update webhook_inbox set drained_at = clock_timestamp()");
  expect(await reasons()).toEqual(["granted", "granted"]);
});

test("lost grants are returned only once the transaction that may have committed them has ended", async () => {
  const [campaign] = await campaigns(1, { messages: 20 });
  if (!campaign) throw new Error("one was launched");
  const cut = await db.connect("engine");
  await cut.query("begin");
  const granted = (await ask([campaign], cut)).flatMap(({ message_ids }) => message_ids);
  let returned: number | null = null;
  const returning = returnLost(engine, { ...campaign, epoch: campaign.lane.epoch, held: [] }).then((n) => {
    returned = n;
  });
  const { processID } = engine as pg.Client & { readonly processID: number };
  while ((await db.owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [processID])).rowCount === 0)
    expect(returned, "it waits for the number").toBeNull();
  await cut.query("commit");
  await returning;
  expect(granted.length).toBeGreaterThan(0);
  expect(returned).toBe(granted.length);
});

test("a paused campaign that is taken over stays what it was, and is sending once it runs", async () => {
  const [campaign] = await campaigns(1, { messages: 2 });
  if (!campaign) throw new Error("one was launched");
  const { campaignId, workspaceId } = campaign;
  const statusAfter = async (flag: "paused" | "running"): Promise<string> => {
    await db.owner.query("update campaign_history set status = 'queued', started_at = null where id = $1", [campaignId]);
    await setFlag(db.owner, campaignId, flag);
    await takeOver(engine, workspaceId, campaignId);
    const { rows } = await db.owner.query<{ status: string; isStarted: boolean }>(
      `select status, started_at is not null as "isStarted" from campaign_history where id = $1`,
      [campaignId],
    );
    return `${rows[0]?.status}, ${rows[0]?.isStarted ? "started" : "not started"}`;
  };
  expect(await statusAfter("paused")).toBe("queued, not started");
  expect(await statusAfter("running")).toBe("sending, started");
});
