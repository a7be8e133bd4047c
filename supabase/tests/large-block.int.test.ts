import { liftLapsed } from "@herald/campaign";
import { createEngine } from "@herald/postgres";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, handedOut, record, result, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

const deferred = 200_000;
/** Of one transaction that holds the controls; the role's own end comes after 4 s. */
const longestWaitMs = 3000;

const messagesSql = `
  insert into campaign_messages (workspace_id, campaign_id, contact_id, state, attempt, tries, reason)
  select $1, $2, gen_random_uuid(), 'deferred', 1, 1, 'WABA' from generate_series(1, $3)`;
const attemptsSql = `
  insert into campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by, settled_at, outcome, class, code)
  select m.id, 1, m.workspace_id, m.campaign_id, 1, now(), now(), now(), 'deferred', 'WABA', '131042' from campaign_messages m
  where m.campaign_id = $1 and m.state = 'deferred'`;

test("a block that holds 200,000 messages is lifted within the engine's time, in parts that keep no evidence out; it is open until the last is freed", async () => {
  const sending = await aSending(db.owner);
  const campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 300));
  const { workspaceId, campaignId, senderId, sourceId } = campaign;
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const lanes = [{ campaignId, epoch, want: 300 }];
  const handed = handedOut(await grant(engine, { workspaceId, senderId, lanes }));
  expect(handed.length).toBeGreaterThan(100);
  // as if they had been planned: what a frozen campaign owes does not grow
  await db.owner.query("alter table campaign_messages disable trigger count_new_messages");
  await db.owner.query(messagesSql, [workspaceId, campaignId, deferred]);
  await db.owner.query("alter table campaign_messages enable trigger count_new_messages");
  await db.owner.query(attemptsSql, [campaignId]);
  const { rows } = await db.owner.query<{ id: string }>(
    "insert into blocks (workspace_id, scope, scope_id, class, code) values ($1, 'waba', $2, 'WABA', '131042') returning id",
    [workspaceId, sourceId],
  );
  const blockId = rows[0]?.id;
  const open = async () => (await db.owner.query("select from blocks where id = $1 and cured_at is null", [blockId])).rowCount;
  const held = async () =>
    (
      await db.owner.query<{ n: number }>(
        "select count(*)::int as n from campaign_messages where campaign_id = $1 and state = 'deferred' and next_at is null",
        [campaignId],
      )
    ).rows[0]?.n ?? -1;

  const freed = (await engine.query<{ n: number }>("select herald.cure_block($1, $2) as n", [workspaceId, blockId])).rows[0]?.n ?? 0;
  expect(freed).toBeLessThan(deferred);
  expect([await open(), await held()]).toEqual([1, deferred - freed]);
  expect((await grant(engine, { workspaceId, senderId, lanes }))[0]?.reason, "nothing is sent before all are freed").toBe("blocked");

  const product = createEngine({
    url: db.urls.engine,
    applicationName: "herald-law-large-block",
    monotonicMs: () => performance.now(),
    openToken: () => "token",
    providersByName: {},
  });
  // the product tries again after half a second; here the wait itself is looked at
  await engine.query("select set_config('lock_timeout', $1, false)", [`${longestWaitMs}ms`]);
  try {
    let isLifting = true;
    const lifting = liftLapsed(product).finally(() => {
      isLifting = false;
    });
    const waitsMs: number[] = [];
    while (isLifting) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const one = handed[waitsMs.length];
      if (one === undefined) break;
      const sinceMs = performance.now();
      expect(await record(engine, workspaceId, [result(one, "accepted", {})])).toBe(1);
      waitsMs.push(performance.now() - sinceMs);
    }
    await lifting;
    expect(waitsMs.length, "evidence was kept meanwhile").toBeGreaterThan(3);
    expect(Math.max(...waitsMs)).toBeLessThan(longestWaitMs);
  } finally {
    await product.close();
  }
  expect([await open(), await held()]).toEqual([0, 0]);
  const wakes = await db.owner.query("select from outbox where kind = 'workflow.wake' and ref ->> 'campaignId' = $1", [campaignId]);
  expect(wakes.rowCount, "the workflow is told once").toBe(1);
}, 180_000);
