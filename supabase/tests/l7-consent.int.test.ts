import { suppressPhone, withdrawConsent } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, handedOut, merge, optOut, receipt, record, result, takeOver } from "./support/engine.ts";
import { anotherNumber, aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { attemptCount, expectBalance, messagesOf } from "./support/ledger.ts";
import { randomFrom } from "./support/random.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

type Withdrawal = {
  readonly name: string;
  readonly reason: string;
  readonly withdraw: (client: pg.Client, workspaceId: string, contactId: string) => Promise<unknown>;
};

/** Consent taken away by one statement; the lock comes last, as everywhere. */
const byStatement =
  (statement: string) =>
  async (client: pg.Client, workspaceId: string, contactId: string): Promise<void> => {
    await client.query("begin");
    await client.query(statement, [workspaceId, contactId]);
    await client.query("select herald.lock_consent($1)", [workspaceId]);
    await client.query("commit");
  };
const withdrawals: readonly Withdrawal[] = [
  { name: "an opt-out", reason: "opted_out", withdraw: optOut },
  {
    name: "an opt-out of an address that nobody was known by",
    reason: "opted_out",
    withdraw: byStatement(
      "insert into suppressions (workspace_id, channel, kind, value, reason) select workspace_id, channel, kind, value, 'test' from contact_addresses where workspace_id = $1 and contact_id = $2 on conflict do nothing",
    ),
  },
  {
    name: "the deletion of a person",
    reason: "contact_inactive",
    withdraw: byStatement("update contacts set status = 'deleted' where workspace_id = $1 and id = $2"),
  },
];
const raceCount = 150;

test.for(withdrawals)("$name that committed before a grant's intent is honoured, in 150 random races", async ({ reason, withdraw }) => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const { campaignId } = await launched(db.owner, sending, await people(db.owner, workspaceId, 6000));
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const random = randomFrom(Date.now());
  const person = await db.connect("owner");
  const withdrawing = new AbortController();
  const granting = (async () => {
    while (!withdrawing.signal.aborted) await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 20 }] });
  })();
  const withdrawn = new Map<string, number>();
  const attemptsOf = async (contactId: string) =>
    (
      await person.query<{ count: number }>(
        "select count(*)::int as count from campaign_attempts a join campaign_messages m on m.id = a.message_id where m.campaign_id = $1 and m.contact_id = $2",
        [campaignId, contactId],
      )
    ).rows[0]?.count ?? 0;
  const races = (async () => {
    for (let race = 0; race < raceCount; race += 1) {
      const { rows } = await person.query<{ contact_id: string }>(
        "select contact_id from campaign_messages where campaign_id = $1 and state = 'queued' order by next_at, id offset $2 limit 1",
        [campaignId, random.below(40)],
      );
      const contactId = rows[0]?.contact_id;
      if (contactId === undefined) break;
      if (withdrawn.has(contactId)) continue;
      await withdraw(person, workspaceId, contactId);
      withdrawn.set(contactId, await attemptsOf(contactId));
    }
  })().finally(() => withdrawing.abort());
  await Promise.all([races, granting]);
  // what is left: everybody who was withdrawn is met by a grant
  while (handedOut(await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 500 }] })).length > 0);
  expect(withdrawn.size).toBeGreaterThan(50);
  for (const [contactId, atCommit] of withdrawn)
    expect(await attemptsOf(contactId), "no intent commits after the withdrawal").toBe(atCommit);
  const spared = (await messagesOf(db.owner, campaignId)).filter(({ contactId }) => withdrawn.get(contactId) === 0);
  expect(spared.every((message) => message.state === "skipped" && message.reason === reason)).toBe(true);
  expect(spared.length).toBeGreaterThan(20);
  await expectBalance(db.owner, [campaignId]);
});

test("withdrawn consent stops marketing and not what a person is owed; a suppression of everything stops both", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 3);
  const [unsubscribed, blocked] = contactIds;
  await withdrawConsent(db.owner, unsubscribed);
  await suppressPhone(db.owner, workspaceId, { phone: "x", contactId: blocked, scope: "all" });
  const reasonsOf = async (category: "MARKETING" | "UTILITY") => {
    const { campaignId } = await launched(db.owner, sending, contactIds, category);
    const epoch = await takeOver(engine, workspaceId, campaignId);
    await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 10 }] });
    return (await messagesOf(db.owner, campaignId)).map(({ state, reason }) => reason ?? state);
  };
  expect(await reasonsOf("MARKETING")).toEqual(["no_consent", "opted_out", "dispatching"]);
  expect(await reasonsOf("UTILITY")).toEqual(["dispatching", "opted_out", "dispatching"]);
});

test("of two campaigns that race for the same people on two numbers, each person gets one marketing message within the cap", async () => {
  const sending = await aSending(db.owner, { frequencyCap: "24 hours" });
  const { workspaceId } = sending;
  const contactIds = await people(db.owner, workspaceId, 400);
  const other = await anotherNumber(db.owner, workspaceId);
  const campaigns = [await launched(db.owner, sending, contactIds), await launched(db.owner, other, contactIds.toReversed())];
  await Promise.all(
    campaigns.map(async ({ campaignId, senderId }, shard) => {
      const client = await db.connect("engine");
      const epoch = await takeOver(client, workspaceId, campaignId);
      for (let round = 0; round < 120; round += 1)
        await grant(client, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 7 }], shard });
    }),
  );
  const { rows } = await db.owner.query(
    `select count(*)::int as people, max(sent)::int as most, sum(skipped)::int as skipped from (
       select count(*) filter (where state = 'dispatching') as sent, count(*) filter (where state = 'skipped' and reason = 'frequency_cap') as skipped
       from campaign_messages where workspace_id = $1 group by contact_id having count(*) filter (where state = 'dispatching') = 1) person`,
    [workspaceId],
  );
  expect(rows).toEqual([{ people: 400, most: 1, skipped: 400 }]);
  const counts = await Promise.all(campaigns.map(({ campaignId }) => attemptCount(db.owner, campaignId)));
  expect(Math.min(...counts), "both did race").toBeGreaterThan(0);
  await expectBalance(
    db.owner,
    campaigns.map(({ campaignId }) => campaignId),
  );
});

test("a place under the frequency cap is kept for the retry, given back by a failure, taken again by proof of sending, and ends with its time", async () => {
  const sending = await aSending(db.owner, { frequencyCap: "24 hours" });
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 1);
  const one = await launched(db.owner, sending, contactIds);
  const epoch = await takeOver(engine, workspaceId, one.campaignId);
  const ask = { workspaceId, senderId, lanes: [{ campaignId: one.campaignId, epoch, want: 1 }] };
  /** What a new campaign may do for the same person now. */
  const another = async () => {
    const { campaignId } = await launched(db.owner, sending, contactIds);
    await takeOver(engine, workspaceId, campaignId);
    const lanes = await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch: 1, want: 1 }] });
    return { handed: handedOut(lanes), reason: (await messagesOf(db.owner, campaignId))[0]?.reason ?? null };
  };
  const [first] = handedOut(await grant(engine, ask));
  if (!first) throw new Error("nothing was granted");
  await record(engine, workspaceId, [result(first, "deferred")]);
  expect(await another()).toEqual({ handed: [], reason: "frequency_cap" });
  const [second] = handedOut(await grant(engine, ask));
  expect(second, "its own reservation does not stop the retry").toEqual({ ...first, attempt: 2 });
  if (!second) return;
  await record(engine, workspaceId, [result(second, "failed")]);
  const replacement = await another();
  expect(replacement.handed).toHaveLength(1);
  await record(
    engine,
    workspaceId,
    replacement.handed.map((handed) => result(handed, "failed")),
  );
  await merge(engine, workspaceId, [receipt(second, "delivered")]);
  expect((await another()).reason, "it was sent after all").toBe("frequency_cap");
  await db.owner.query("update contact_marketing set at = at - interval '25 hours' where contact_id = any ($1)", [contactIds]);
  expect((await another()).handed).toHaveLength(1);
});
