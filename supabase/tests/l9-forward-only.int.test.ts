import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, type Handed, handedOut, merge, receipt, record, result, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf } from "./support/ledger.ts";
import { randomFrom } from "./support/random.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

const words = ["sent", "undelivered", "delivered", "read", "failed"] as const;
type Word = (typeof words)[number];

/** Every order of every choice of the words: 325 histories. */
function histories(rest: readonly Word[]): readonly (readonly Word[])[] {
  return rest.flatMap((word) => [[word], ...histories(rest.filter((other) => other !== word)).map((more) => [word, ...more])]);
}

const orderings = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.length === 0 ? [[]] : items.flatMap((item) => orderings(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));

async function accepted(
  count: number,
): Promise<{ readonly campaign: Launched; readonly epoch: number; readonly handed: readonly Handed[] }> {
  const sending = await aSending(db.owner);
  const campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, count));
  const epoch = await takeOver(engine, campaign.workspaceId, campaign.campaignId);
  const handed = handedOut(await grant(engine, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch, want: count }] }));
  expect(handed).toHaveLength(count);
  await record(
    engine,
    campaign.workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  return { campaign, epoch, handed };
}

const again = (campaign: Launched, epoch: number, want = 10) =>
  grant(engine, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch, want }] }).then(handedOut);

/** All that a reader of the ledger sees of one message; times by the provider's clock. */
const storySql = `
  select m.id, m.state, m.receipt, m.reason, m.tries, m.next_at is not null as queued, a.receipt as attempt_receipt, a.sent_at, a.delivered_at, a.read_at, a.failed_at,
    a.code, a.is_provider_double from campaign_messages m join campaign_attempts a on a.message_id = m.id where m.campaign_id = $1 order by m.id`;
const stories = async (campaignId: string) => (await db.owner.query(storySql, [campaignId])).rows.map(({ id: _, ...story }) => story);

const timed = (one: Handed, word: Word) => receipt(one, word, { atMs: 1_800_000_000_000 + words.indexOf(word) * 1000 });

test.each(["one after another", "each twice", "in one batch"] as const)(
  "receipts in every order of every choice end in the same state: %s",
  async (way) => {
    const all = histories(words);
    const { campaign, handed } = await accepted(all.length);
    const { workspaceId, campaignId } = campaign;
    const arrivals = all.map((history, index) => history.map((word) => timed(handed[index] ?? { messageId: "", attempt: 0 }, word)));
    if (way === "in one batch") await merge(engine, workspaceId, arrivals.flat());
    else
      for (let position = 0; position < words.length; position += 1) {
        const records = arrivals.flatMap((history) => history.slice(position, position + 1));
        for (let time = 0; time < (way === "each twice" ? 2 : 1); time += 1) await merge(engine, workspaceId, records);
        await expectBalance(db.owner, [campaignId]);
      }
    const found = await stories(campaignId);
    const endOf = new Map<string, unknown>();
    for (const [index, history] of all.entries()) {
      const choice = history.toSorted().join();
      const end = endOf.get(choice) ?? found[index];
      endOf.set(choice, end);
      expect(found[index], history.join(" → ")).toEqual(end);
    }
    // replayed in full, at random: nothing moves
    const random = randomFrom(Date.now());
    const replay = Array.from({ length: 500 }, () => random.oneOf(random.oneOf(arrivals)));
    expect((await merge(engine, workspaceId, replay)).moved).toBe(0);
    expect(await stories(campaignId)).toEqual(found);
  },
);

test.each(["accepted", "deferred", "queued"] as const)(
  "two attempts: receipts of both in every order end in the same state, the second one's answer being %s",
  async (answer) => {
    const evidence = [
      { attempt: 1, word: "delivered" },
      { attempt: 1, word: "read" },
      ...(answer === "accepted"
        ? ([
            { attempt: 2, word: "sent" },
            { attempt: 2, word: "failed" },
          ] as const)
        : []),
    ] as const;
    const positions = [0, 1, 2, 3, 4];
    const orders = positions.flatMap(() => orderings(evidence));
    const { campaign, epoch, handed } = await accepted(orders.length);
    const { workspaceId, campaignId } = campaign;
    await merge(
      engine,
      workspaceId,
      handed.map((one) => timed(one, "failed")),
    );
    const second = await again(campaign, epoch, orders.length);
    const answers = second.map((one) => result(one, answer));
    for (const position of positions) {
      // before all receipts, after all, or between them
      await record(
        engine,
        workspaceId,
        answers.filter((_, index) => index % positions.length === position),
      );
      await merge(
        engine,
        workspaceId,
        orders.flatMap((order, index) =>
          order
            .slice(position, position + 1)
            .map(({ attempt, word }) => timed({ messageId: handed[index]?.messageId ?? "", attempt }, word)),
        ),
      );
    }
    const ends = (await stories(campaignId)).map(({ state, receipt: seen, queued }) => ({ state, seen, queued }));
    expect(new Set(ends.map((end) => JSON.stringify(end)))).toEqual(
      new Set([JSON.stringify({ state: "accepted", seen: "read", queued: false })]),
    );
    await expectBalance(db.owner, [campaignId]);
  },
);

test("a failure after a delivery is written down and changes nothing; a delivery after a failure calls off the retry", async () => {
  const { campaign, epoch, handed } = await accepted(2);
  const [late, early] = handed;
  if (!late || !early) throw new Error("two were accepted");
  await merge(engine, campaign.workspaceId, [receipt(late, "delivered")]);
  await merge(engine, campaign.workspaceId, [receipt(late, "failed"), receipt(early, "failed")]);
  expect((await messagesOf(db.owner, campaign.campaignId)).map(({ state }) => state)).toEqual(["accepted", "deferred"]);
  await merge(engine, campaign.workspaceId, [receipt(early, "delivered")]);
  expect((await messagesOf(db.owner, campaign.campaignId)).map(({ state, isQueued }) => [state, isQueued])).toEqual([
    ["accepted", false],
    ["accepted", false],
  ]);
  expect(await again(campaign, epoch), "no retry is left").toEqual([]);
  const { rows } = await db.owner.query("select failed_at is not null as failed from campaign_attempts where message_id = $1", [
    late.messageId,
  ]);
  expect(rows).toEqual([{ failed: true }]);
});

test("a delivery that is told after the retry began is counted as the provider's double", async () => {
  const { campaign, epoch, handed } = await accepted(1);
  const [first] = handed;
  if (!first) throw new Error("one was accepted");
  await merge(engine, campaign.workspaceId, [receipt(first, "failed")]);
  expect(await again(campaign, epoch)).toEqual([{ ...first, attempt: 2 }]);
  await merge(engine, campaign.workspaceId, [receipt(first, "delivered")]);
  const { rows } = await db.owner.query(
    "select attempt, is_provider_double as double from campaign_attempts where message_id = $1 order by attempt",
    [first.messageId],
  );
  expect(rows).toEqual([
    { attempt: 1, double: true },
    { attempt: 2, double: false },
  ]);
  expect((await messagesOf(db.owner, campaign.campaignId)).map(({ state, attempt }) => [state, attempt])).toEqual([["dispatching", 2]]);
});

test.each([
  { what: "never began", end: (second: Handed, workspaceId: string) => record(engine, workspaceId, [result(second, "queued")]) },
  { what: "was refused for now", end: (second: Handed, workspaceId: string) => record(engine, workspaceId, [result(second, "deferred")]) },
  {
    what: "failed by a later receipt",
    end: async (second: Handed, workspaceId: string) => {
      await record(engine, workspaceId, [result(second, "accepted")]);
      await merge(engine, workspaceId, [receipt(second, "failed")]);
    },
  },
])("a person who has the message gets no third attempt because the second one $what", async ({ end }) => {
  const { campaign, epoch, handed } = await accepted(1);
  const { workspaceId, campaignId } = campaign;
  const [first] = handed;
  if (!first) throw new Error("one was accepted");
  await merge(engine, workspaceId, [receipt(first, "failed")]);
  const [second] = await again(campaign, epoch);
  if (!second) throw new Error("the retry was granted");
  await merge(engine, workspaceId, [receipt(first, "delivered")]);
  await end(second, workspaceId);
  expect(await again(campaign, epoch)).toEqual([]);
  expect((await messagesOf(db.owner, campaignId)).map(({ state, isQueued }) => [state, isQueued])).toEqual([["accepted", false]]);
  await expectBalance(db.owner, [campaignId]);
});

test("receipts whose message is not known yet are parked, and match once its id is written", async () => {
  const sending = await aSending(db.owner);
  const campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 1));
  const { workspaceId, campaignId } = campaign;
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const [one] = await again(campaign, epoch);
  if (!one) throw new Error("one was granted");
  const unnamed = { messageId: null, attempt: null };
  const records = [receipt(one, "sent", unnamed), receipt(one, "read", unnamed), receipt(one, "read", unnamed)];
  expect(await merge(engine, workspaceId, records)).toEqual({ matched: 0, moved: 0, parked: 2 });
  expect((await messagesOf(db.owner, campaignId)).map(({ state }) => state)).toEqual(["dispatching"]);
  await record(engine, workspaceId, [result(one, "accepted")]);
  const parked = await db.owner.query(
    "select record from parked_statuses p join campaign_attempts a using (workspace_id, provider_message_id) where workspace_id = $1",
    [workspaceId],
  );
  expect(parked.rows).toHaveLength(2);
  const known = parked.rows.map(({ record: kept }) => kept);
  expect(await merge(engine, workspaceId, known)).toEqual({ matched: 1, moved: 1, parked: 0 });
  expect((await messagesOf(db.owner, campaignId)).map(({ state, receipt: seen }) => [state, seen])).toEqual([["accepted", "read"]]);
  expect(await merge(engine, workspaceId, known), "taken twice, merged once").toMatchObject({ moved: 0, parked: 0 });
});
