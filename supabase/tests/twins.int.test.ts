import {
  type BlockScope,
  bucketOf,
  buckets,
  type ControlFlag,
  campaignStatuses,
  finalStatus,
  laneReasons,
  messageStates,
  noMessages,
  type SkipReason,
} from "@herald/campaign";
import { roles } from "@herald/kernel";
import { type Receipt, receipts } from "@herald/provider";
import { deletePerson, serveMarketing, withdrawConsent } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, optOut, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { messagesOf, setFlag } from "./support/ledger.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

const enumOf = async (name: string): Promise<readonly string[]> =>
  (await db.owner.query<{ word: string }>("select unnest(enum_range(null::" + name + "))::text as word")).rows.map(({ word }) => word);

/** A union has no values to ask for; the compiler keeps these complete. */
const blockScopes = { number: true, waba: true, template: true } as const satisfies Record<BlockScope, true>;
const controlFlags = { running: true, paused: true, cancelled: true } as const satisfies Record<ControlFlag, true>;

test.each([
  ["message_state", messageStates],
  ["message_receipt", receipts],
  ["message_bucket", buckets],
  ["campaign_status", campaignStatuses],
  ["member_role", roles],
  ["block_scope", Object.keys(blockScopes)],
  ["control_flag", Object.keys(controlFlags)],
] as const)("the words of %s are those of the domain, in its order", async (name, words) => {
  expect(await enumOf(name)).toEqual(words);
});

test("the database's bucket of a message is bucketOf() for every state and receipt", async () => {
  const { rows } = await db.owner.query(
    "select s as state, r as receipt, herald.message_bucket(s, r) as bucket from unnest(enum_range(null::message_state)) s cross join (select unnest(enum_range(null::message_receipt)) union all select null) r(r)",
  );
  expect(rows).toHaveLength(messageStates.length * (receipts.length + 1));
  for (const { state, receipt, bucket } of rows) expect(bucket, `${state}, ${receipt}`).toBe(bucketOf(state, receipt as Receipt | null));
});

test("the database's final status is finalStatus() for every mixture of failed, unknown, held and accepted", async () => {
  const { rows } = await db.owner.query(
    "select f as failed, u as unknown, h as held, a as accepted, herald.final_status(f, u, h, a) as status from generate_series(0, 2) f, generate_series(0, 2) u, generate_series(0, 2) h, generate_series(0, 2) a",
  );
  expect(rows).toHaveLength(81);
  for (const { status, ...counts } of rows) expect(status, JSON.stringify(counts)).toBe(finalStatus({ ...noMessages, ...counts }));
});

test("the gate says each word of laneReasons where it is meant, and no other", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const engine = await db.connect("engine");
  const contactIds = await people(db.owner, workspaceId, 400);
  const { campaignId, templateId } = await launched(db.owner, sending, contactIds);
  const other = await launched(db.owner, sending, contactIds);
  const epoch = await takeOver(engine, workspaceId, campaignId);
  await takeOver(engine, workspaceId, other.campaignId);
  const lane = { campaignId, epoch, want: 1 };
  const said = new Set<string>();
  const ask = async (want = lane, horizon = 3600): Promise<string> => {
    const [answer] = await grant(engine, { workspaceId, senderId, lanes: [want], horizon });
    said.add(answer?.reason ?? "");
    return answer?.reason ?? "";
  };
  const during = async (on: string, off: string, values: readonly unknown[], word: string) => {
    await db.owner.query(on, [...values]);
    expect(await ask()).toBe(word);
    await db.owner.query(off, [...values]);
  };
  expect(await ask()).toBe("granted");
  expect(await ask({ ...lane, epoch: 0 })).toBe("stale");
  for (const flag of ["paused", "cancelled"] as const) {
    await setFlag(db.owner, campaignId, flag);
    expect(await ask()).toBe(flag);
  }
  await setFlag(db.owner, campaignId, "running");
  await during(
    "update workspaces set kill_switch = true where id = $1",
    "update workspaces set kill_switch = false where id = $1",
    [workspaceId],
    "killed",
  );
  await during(
    "insert into blocks (workspace_id, scope, scope_id, class) values ($1, 'template', $2, 'TEST')",
    "update blocks set cured_at = now() where workspace_id = $1 and scope_id = $2",
    [workspaceId, templateId],
    "blocked",
  );
  expect(await ask({ ...lane, want: 100 }), "it is 100 messages ahead of the other").toBe("granted");
  await db.owner.query("update number_lanes set asked_at = extract(epoch from clock_timestamp()) where sender_id = $1", [senderId]);
  await db.owner.query("update phone_numbers set tat = extract(epoch from clock_timestamp()) + 30 where id = $1", [senderId]);
  expect(await ask(lane, 40)).toBe("turn");
  expect(await ask(lane, 29.5)).toBe("pace");
  await db.owner.query("delete from number_lanes where campaign_id = $1", [other.campaignId]);
  await db.owner.query("update phone_numbers set tat = 0 where id = $1", [senderId]);
  await db.owner.query("update campaign_controls set max_per_second = 0.001 where campaign_id = $1", [campaignId]);
  await ask(lane, 0.5);
  expect(await ask(lane, 0.5)).toBe("rate");
  await db.owner.query("update campaign_controls set max_per_second = null where campaign_id = $1", [campaignId]);
  await during(
    "insert into number_health (sender_id, workspace_id, rest_until) select id, workspace_id, now() + interval '1 minute' from phone_numbers where id = $1",
    "delete from number_health where sender_id = $1",
    [senderId],
    "resting",
  );
  await during(
    "insert into number_health (sender_id, workspace_id, opened_at) select id, workspace_id, now() from phone_numbers where id = $1",
    "delete from number_health where sender_id = $1",
    [senderId],
    "breaker_open",
  );
  await during(
    `with p as (insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit) select $1, 'meta', gen_random_uuid()::text, 0 returning id)
     update sources set portfolio_id = p.id from p where workspace_id = $1`,
    "update sources set portfolio_id = null where workspace_id = $1",
    [workspaceId],
    "portfolio_limit",
  );
  await during(
    "insert into webhook_inbox (provider, body, received_at) select 'meta', '', now() - interval '1 minute' where $1::uuid is not null",
    "update webhook_inbox set drained_at = now() where $1::uuid is not null",
    [workspaceId],
    "inbox_behind",
  );
  await ask({ ...lane, want: 1000 });
  expect(await ask()).toBe("drained");
  expect(said).toEqual(new Set(laneReasons));
});

test("the reasons for which the gate leaves a person out are words of the domain", async () => {
  const sending = await aSending(db.owner, { frequencyCap: "24 hours" });
  const { workspaceId, senderId } = sending;
  const engine = await db.connect("engine");
  const contactIds = await people(db.owner, workspaceId, 4);
  const [gone, stopped, unsubscribed, served] = contactIds;
  await deletePerson(db.owner, gone);
  await optOut(engine, workspaceId, stopped ?? "");
  await withdrawConsent(db.owner, unsubscribed);
  await serveMarketing(db.owner, workspaceId, served);
  const { campaignId } = await launched(db.owner, sending, contactIds);
  await takeOver(engine, workspaceId, campaignId);
  await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch: 1, want: 9 }] });
  const expected: readonly SkipReason[] = ["contact_inactive", "opted_out", "no_consent", "frequency_cap"];
  expect((await messagesOf(db.owner, campaignId)).map(({ state, reason }) => [state, reason])).toEqual(
    expected.map((reason) => ["skipped", reason]),
  );
});
