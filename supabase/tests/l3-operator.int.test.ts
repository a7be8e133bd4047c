import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { finalise, grant, handedOut, merge, optOut, receipt, record, result, skipOpen, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf, setFlag } from "./support/ledger.ts";
import { type Acting, asMember, overflowRead, resend, writeOff } from "./support/operator.ts";

let db: LawDatabase;
let engine: pg.Client;
let verbs: pg.Client;
let campaign: Launched;
let acting: Acting;
let contactIds: readonly string[];
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  verbs = await db.connect("verbs");
});
afterAll(() => db?.drop());
beforeEach(async () => {
  const sending = await aSending(db.owner);
  contactIds = await people(db.owner, sending.workspaceId, 6);
  campaign = await launched(db.owner, sending, contactIds);
  acting = { workspaceId: sending.workspaceId, userId: (await aMember(db.owner, sending.workspaceId, "member")).userId };
});

const grantAll = async () => {
  const epoch = await takeOver(engine, campaign.workspaceId, campaign.campaignId);
  return handedOut(await grant(engine, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch, want: 10 }] }));
};
const words = ["accepted", "unknown", "unknown", "unknown", "failed", "failed"] as const;

/** One accepted, three unknown, two failed; the overflow was read since. */
async function dispatched(): Promise<void> {
  const handed = await grantAll();
  const more = { class: "CONTACT", code: "131026", reason: "CONTACT" };
  await record(
    engine,
    campaign.workspaceId,
    handed.map((one, index) => result(one, words[index] ?? "accepted", words[index] === "failed" ? more : {})),
  );
  await overflowRead(engine);
}
async function ended(): Promise<string> {
  await dispatched();
  return finalise(engine, campaign.workspaceId, campaign.campaignId);
}
const states = async () => (await messagesOf(db.owner, campaign.campaignId)).map(({ state }) => state);
const history = async () => {
  const { rows } = await db.owner.query(
    "select status, run_no, finished_at, expires_at > clock_timestamp() + interval '71 hours' as is_renewed from campaign_history where id = $1",
    [campaign.campaignId],
  );
  return rows[0];
};
const ordersSince = async (since: number) => {
  const { rows } = await db.owner.query<{ kind: string; runNo: number; controlSeq: number }>(
    `select kind, (ref ->> 'runNo')::int as "runNo", (ref ->> 'controlSeq')::int as "controlSeq" from outbox
     where ref ->> 'campaignId' = $1 and (ref ->> 'controlSeq')::int > $2 order by id`,
    [campaign.campaignId, since],
  );
  return rows;
};

test("only an operator's resend leads an unknown message back to the queue, and it is sent once more with what was frozen", async () => {
  await dispatched();
  expect(await grantAll(), "the engine by itself").toEqual([]);
  expect(await resend(verbs, acting, campaign.campaignId)).toMatchObject({ moved: 3, more: 0, is_overflow_unread: false });
  await expectBalance(db.owner, [campaign.campaignId]);
  const again = await grantAll();
  expect(again.map(({ messageId, attempt }) => [messageId, attempt])).toEqual(campaign.messageIds.slice(1, 4).map((id) => [id, 2]));
  const { rows } = await db.owner.query("select attempt, outcome from campaign_attempts where message_id = $1 order by attempt", [
    campaign.messageIds[1],
  ]);
  expect(rows, "what is known of the earlier attempt stays").toEqual([
    { attempt: 1, outcome: "unknown" },
    { attempt: 2, outcome: null },
  ]);
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("a message that arrived is never sent again, nor one that was accepted, skipped or waits", async () => {
  await dispatched();
  const [, arrived, , , failed] = campaign.messageIds;
  // a failure was recorded last, and yet an attempt is known to have come: as after a delivery that was told late
  await db.owner.query("update campaign_attempts set receipt = 'delivered' where message_id = any ($1)", [[arrived, failed]]);
  expect((await resend(verbs, acting, campaign.campaignId)).moved).toBe(2);
  expect((await resend(verbs, acting, campaign.campaignId, { what: "failed" })).moved).toBe(1);
  expect(await states()).toEqual(["accepted", "unknown", "queued", "queued", "failed", "queued"]);
  for (const what of ["accepted", "skipped", "deferred", "queued", "dispatching", "held"]) {
    const refused = asMember(verbs, acting, () =>
      verbs.query("select * from herald.resend_messages($1, $2, null, null, 10, '1 hour')", [campaign.campaignId, what]),
    );
    await expect(refused).rejects.toThrow("only unknown or failed");
  }
});

test("failed ones are chosen by reason, class or code, or one by one, and no more at once than asked for", async () => {
  await dispatched();
  const of = async (choice: Parameters<typeof resend>[3]) =>
    (await resend(verbs, acting, campaign.campaignId, { what: "failed", ...choice })).moved;
  expect(await of({ reasons: ["131047"] })).toBe(0);
  expect(await of({ reasons: ["131026"], limit: 1 })).toBe(1);
  expect(await of({ messageIds: campaign.messageIds.slice(0, 4) }), "none of these failed").toBe(0);
  expect(await of({ messageIds: campaign.messageIds })).toBe(1);
});

test("nothing is decided while results may wait unread: never looked, looked before, or found some", async () => {
  await db.owner.query("delete from overflow_watch");
  await dispatched();
  const refused = async () => {
    expect(await resend(verbs, acting, campaign.campaignId)).toMatchObject({ moved: 0, is_overflow_unread: true });
    expect(await writeOff(verbs, acting, campaign.campaignId)).toMatchObject({ moved: 0, is_overflow_unread: true });
    expect(await states()).toEqual(words);
  };
  await db.owner.query("delete from overflow_watch");
  await refused();
  await db.owner.query("insert into overflow_watch (waiting, checked_at) values (0, clock_timestamp() - interval '1 hour')");
  await refused();
  await overflowRead(engine, 1);
  await refused();
  // a put that began before the look may land after it: only a look that is later by all of the timeouts counts
  await db.owner.query(
    "update overflow_watch set waiting = 0, checked_at = (select max(changed_at) + herald.overflow_margin() from campaign_messages where state = 'unknown')",
  );
  await refused();
  await overflowRead(engine);
  expect((await resend(verbs, acting, campaign.campaignId)).moved).toBe(3);
});

test("a receipt that is being written while the operator decides comes first: what it accepts is not sent again", async () => {
  await dispatched();
  const [, settled] = campaign.messageIds;
  await engine.query("begin");
  await merge(engine, campaign.workspaceId, [receipt({ messageId: settled ?? "", attempt: 1 }, "sent")]);
  const deciding = resend(verbs, acting, campaign.campaignId);
  const { rows } = await waitingOn(db.owner);
  expect(rows).toHaveLength(1);
  await engine.query("commit");
  expect((await deciding).moved).toBe(2);
  expect(await states()).toEqual(["accepted", "accepted", "queued", "queued", "failed", "failed"]);
});

test("a receipt that comes after the decision and before the request takes the message out of the queue", async () => {
  await dispatched();
  await resend(verbs, acting, campaign.campaignId);
  await merge(engine, campaign.workspaceId, [
    receipt({ messageId: campaign.messageIds[1] ?? "", attempt: 1 }, "sent"),
    receipt({ messageId: campaign.messageIds[2] ?? "", attempt: 1 }, "delivered"),
  ]);
  expect((await grantAll()).map(({ messageId }) => messageId)).toEqual([campaign.messageIds[3]]);
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("an answer that arrives after the decision counts as well: a late sender's `accepted` is not sent again, and not given up", async () => {
  await dispatched();
  const [, resent, writtenOff, refused] = campaign.messageIds;
  await writeOff(verbs, acting, campaign.campaignId, [writtenOff ?? ""]);
  await resend(verbs, acting, campaign.campaignId);
  const late = (messageId: string | undefined, state: "accepted" | "failed") => result({ messageId: messageId ?? "", attempt: 1 }, state);
  await record(engine, campaign.workspaceId, [late(resent, "accepted"), late(writtenOff, "accepted"), late(refused, "failed")]);
  expect((await states()).slice(1, 4)).toEqual(["accepted", "accepted", "queued"]);
  expect((await grantAll()).map(({ messageId }) => messageId)).toEqual([refused]);
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("a late `accepted` of a request that the provider failed since does not call its resend off", async () => {
  const [handed] = await grantAll();
  if (!handed) throw new Error("it was granted");
  await merge(engine, campaign.workspaceId, [receipt(handed, "failed", { state: "failed" })]);
  await overflowRead(engine);
  expect((await resend(verbs, acting, campaign.campaignId, { what: "failed" })).moved).toBe(1);
  await record(engine, campaign.workspaceId, [result(handed, "accepted")]);
  expect(await grantAll()).toEqual([{ ...handed, attempt: 2 }]);
});

test("whoever opted out since is left out when the message would be sent again", async () => {
  await dispatched();
  await resend(verbs, acting, campaign.campaignId);
  await optOut(engine, campaign.workspaceId, contactIds[1] ?? "");
  expect(await grantAll()).toHaveLength(2);
  expect((await messagesOf(db.owner, campaign.campaignId))[1]).toMatchObject({ state: "skipped", reason: "opted_out" });
});

test("on a campaign that had ended a resend begins its next run, and how that ended is computed anew", async () => {
  expect(await ended()).toBe("partially_sent");
  await db.owner.query("update campaign_history set expires_at = clock_timestamp() where id = $1", [campaign.campaignId]);
  expect(await resend(verbs, acting, campaign.campaignId)).toMatchObject({ moved: 3, run_no: 1, status: "queued" });
  expect((await resend(verbs, acting, campaign.campaignId, { what: "failed" })).moved).toBe(2);
  expect(await history()).toEqual({ status: "queued", run_no: 1, finished_at: null, is_renewed: true });
  expect(await ordersSince(0)).toEqual([
    { kind: "workflow.start", runNo: 1, controlSeq: 1 },
    { kind: "workflow.wake", runNo: 1, controlSeq: 2 },
  ]);
  const { rows } = await db.owner.query<{ run_no: number }>("select run_no from herald.campaigns_to_watch() where campaign_id = $1", [
    campaign.campaignId,
  ]);
  expect(rows, "the watchdog sees to the run").toEqual([{ run_no: 1 }]);
  expect(await skipOpen(engine, campaign.workspaceId, campaign.campaignId, "expired")).toBe(0);
  const handed = await grantAll();
  expect(handed).toHaveLength(5);
  await record(
    engine,
    campaign.workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  expect(await finalise(engine, campaign.workspaceId, campaign.campaignId)).toBe("sent");
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("an answer that comes after the end and asks for another try is final: nobody would send it", async () => {
  await ended();
  const [, late, unbegun] = campaign.messageIds;
  await record(engine, campaign.workspaceId, [
    result({ messageId: late ?? "", attempt: 1 }, "deferred", { class: "SOON", reason: "SOON" }),
    result({ messageId: unbegun ?? "", attempt: 1 }, "queued"),
  ]);
  const rows = (await messagesOf(db.owner, campaign.campaignId)).slice(1, 3);
  for (const row of rows) expect(row).toMatchObject({ state: "failed", reason: "late", isQueued: false });
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("a campaign that ends while the operator decides is not left with messages that nobody sends: they are its next run", async () => {
  await dispatched();
  await engine.query("begin");
  await finalise(engine, campaign.workspaceId, campaign.campaignId);
  const deciding = resend(verbs, acting, campaign.campaignId);
  await waitingOn(db.owner);
  await engine.query("commit");
  expect(await deciding).toMatchObject({ moved: 3, run_no: 1, status: "queued" });
  expect(await grantAll()).toHaveLength(3);
});

test("a resend changes nothing that was frozen (L8)", async () => {
  await ended();
  const frozen = async () => {
    const { rows } = await db.owner.query(
      `select h.planned, h.chunk_count, h.frozen_at, h.frozen_template, h.audience, h.variables, md5(string_agg(c.entries::text, '' order by c.chunk_no)) as chunks,
         (select jsonb_agg(jsonb_build_array(m.id, m.contact_id, m.chunk_no, m.entry_no) order by m.id) from campaign_messages m where m.campaign_id = h.id) as recipients
       from campaign_history h join campaign_chunks c on c.campaign_id = h.id where h.id = $1 group by h.id`,
      [campaign.campaignId],
    );
    return rows[0];
  };
  const before = await frozen();
  await resend(verbs, acting, campaign.campaignId);
  expect(await frozen()).toEqual(before);
});

test("a campaign that was cancelled takes no resend, and one that pauses stays paused", async () => {
  await dispatched();
  await setFlag(db.owner, campaign.campaignId, "cancelled");
  expect((await resend(verbs, acting, campaign.campaignId)).moved).toBe(0);
  await setFlag(db.owner, campaign.campaignId, "paused");
  expect((await resend(verbs, acting, campaign.campaignId)).moved).toBe(3);
  expect(await grantAll()).toEqual([]);
});

test("a write-off fails unknown messages and no others; a receipt that comes later lifts them", async () => {
  expect(await ended()).toBe("partially_sent");
  const [, one, other] = campaign.messageIds;
  expect(await writeOff(verbs, acting, campaign.campaignId, campaign.messageIds.slice(0, 3))).toMatchObject({
    moved: 2,
    status: "partially_sent",
  });
  expect(await states()).toEqual(["accepted", "failed", "failed", "unknown", "failed", "failed"]);
  expect((await messagesOf(db.owner, campaign.campaignId))[1]).toMatchObject({ reason: "written_off", isQueued: false });
  expect(await ordersSince(0), "an ended campaign has nobody to tell").toEqual([]);
  await merge(engine, campaign.workspaceId, [
    receipt({ messageId: one ?? "", attempt: 1 }, "sent"),
    receipt({ messageId: other ?? "", attempt: 1 }, "read"),
  ]);
  expect(await states()).toEqual(["accepted", "accepted", "accepted", "unknown", "failed", "failed"]);
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("a message that the provider holds may be given up after a day and no sooner; its word that comes later still counts", async () => {
  const handed = await grantAll();
  await record(
    engine,
    campaign.workspaceId,
    handed.map((one) => result(one, "held")),
  );
  await overflowRead(engine);
  const giveUp = () => writeOff(verbs, acting, campaign.campaignId, null, "held");
  expect((await giveUp()).moved, "held a moment ago").toBe(0);
  const heldSince = (hours: number, ids: readonly string[]) =>
    db.owner.query("update campaign_messages set changed_at = clock_timestamp() - make_interval(hours => $1) where id = any ($2)", [
      hours,
      ids,
    ]);
  await heldSince(23, campaign.messageIds.slice(0, 2));
  await heldSince(25, campaign.messageIds.slice(2));
  expect((await writeOff(verbs, acting, campaign.campaignId)).moved, "none is unknown").toBe(0);
  expect((await giveUp()).moved).toBe(4);
  expect(await states()).toEqual(["held", "held", "failed", "failed", "failed", "failed"]);
  const [, , released, dropped] = campaign.messageIds;
  await merge(engine, campaign.workspaceId, [
    receipt({ messageId: released ?? "", attempt: 1 }, "sent"),
    receipt({ messageId: dropped ?? "", attempt: 1 }, "failed", { state: "failed" }),
  ]);
  expect(await states()).toEqual(["held", "held", "accepted", "failed", "failed", "failed"]);
  const refused = asMember(verbs, acting, () =>
    verbs.query("select * from herald.write_off_messages($1, 'accepted', null, 10)", [campaign.campaignId]),
  );
  await expect(refused).rejects.toThrow("only unknown or held");
  await expectBalance(db.owner, [campaign.campaignId]);
});

test("L10: nobody decides about a workspace that is not theirs, and the verbs' role cannot move a message by itself", async () => {
  await dispatched();
  const elsewhere = await aSending(db.owner);
  const stranger = { workspaceId: elsewhere.workspaceId, userId: (await aMember(db.owner, elsewhere.workspaceId)).userId };
  expect((await resend(verbs, stranger, campaign.campaignId)).moved).toBe(0);
  expect((await writeOff(verbs, stranger, campaign.campaignId)).moved).toBe(0);
  await expect(resend(verbs, { ...stranger, workspaceId: campaign.workspaceId }, campaign.campaignId)).rejects.toThrow("only a member");
  await expect(writeOff(verbs, { ...stranger, workspaceId: campaign.workspaceId }, campaign.campaignId)).rejects.toThrow("only a member");
  expect(await states()).toEqual(words);
  const refused = await db.asProduct("verbs", acting, (client) =>
    attempt(client, "update campaign_messages set state = 'queued' where campaign_id = $1", [campaign.campaignId]),
  );
  expect(refused).toEqual({ refused: "42501" });
});

/** Waits until some connection of this database waits for a lock. */
async function waitingOn(owner: pg.Pool): Promise<pg.QueryResult> {
  for (;;) {
    const waiting = await owner.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
    if (waiting.rows.length > 0) return waiting;
  }
}
