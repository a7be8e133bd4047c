import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GrantAsk, grant, handedOut, pace, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { attemptCount, setFlag } from "./support/ledger.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

type Switch = {
  readonly name: string;
  readonly word: string;
  readonly stop: (client: pg.Client, campaign: Launched) => Promise<unknown>;
  readonly resume: (campaign: Launched) => Promise<unknown>;
  /** The stop waits for grants under way, so none of them commits after it. Else such a grant ends with its horizon. */
  readonly isLocked: boolean;
};
const block = (scope: string, idOf: (campaign: Launched) => string): Switch => ({
  name: `a block of the ${scope}`,
  word: "blocked",
  stop: (client, campaign) =>
    client.query("insert into blocks (workspace_id, scope, scope_id, class) values ($1, $2, $3, 'TEST')", [
      campaign.workspaceId,
      scope,
      idOf(campaign),
    ]),
  resume: (campaign) => db.owner.query("update blocks set cured_at = now() where scope_id = $1", [idOf(campaign)]),
  isLocked: false,
});
const flag = (name: string, word: "paused" | "cancelled"): Switch => ({
  name,
  word,
  stop: (client, { campaignId }) =>
    client.query("update campaign_controls set flag = $2, control_seq = control_seq + 1 where campaign_id = $1", [campaignId, word]),
  resume: ({ campaignId }) => setFlag(db.owner, campaignId, "running"),
  isLocked: true,
});
const kill = (name: string, update: string, idOf: (campaign: Launched) => string): Switch => ({
  name,
  word: "killed",
  async stop(client, campaign) {
    await client.query("begin");
    await client.query(update, [true, idOf(campaign)]);
    await client.query("select herald.lock_sending($1)", [campaign.workspaceId]);
    await client.query("commit");
  },
  resume: (campaign) => db.owner.query(update, [false, idOf(campaign)]),
  isLocked: true,
});
const switches: readonly Switch[] = [
  flag("a pause", "paused"),
  flag("a cancel", "cancelled"),
  kill("the kill switch of the number", "update phone_numbers set kill_switch = $1 where id = $2", ({ senderId }) => senderId),
  kill("the kill switch of the workspace", "update workspaces set kill_switch = $1 where id = $2", ({ workspaceId }) => workspaceId),
  {
    name: "the kill switch of the deployment",
    word: "killed",
    stop: (client) => client.query("select herald.set_stop_all(true)"),
    resume: () => db.owner.query("select herald.set_stop_all(false)"),
    isLocked: true,
  },
  block("number", ({ senderId }) => senderId),
  block("waba", ({ sourceId }) => sourceId),
  block("template", ({ templateId }) => templateId),
];
const races = 30;

/** A connection that asks without pause; `passed` resolves once it has begun and ended another grant. */
function asking(client: pg.Client, ask: GrantAsk): { readonly passed: () => Promise<string>; readonly stop: () => Promise<void> } {
  let isRunning = true;
  let last: Promise<string> = Promise.resolve("");
  const loop = (async () => {
    while (isRunning) {
      last = grant(client, ask).then((lanes) => lanes[0]?.reason ?? "");
      await last;
    }
  })();
  return {
    async passed() {
      const underWay = last;
      await underWay;
      while (last === underWay) await Promise.resolve(); // the loop begins the next one in a later microtask
      return last;
    },
    async stop() {
      isRunning = false;
      await loop;
    },
  };
}

test.for(switches)(
  "after $name has committed nothing is granted ($word), in 30 races with two connections",
  async ({ word, stop, resume, isLocked }) => {
    const sending = await aSending(db.owner);
    const { workspaceId, senderId } = sending;
    const campaign = await launched(db.owner, sending, await people(db.owner, workspaceId, 3000));
    const clients = [await db.connect("engine"), await db.connect("engine")];
    const [first] = clients;
    if (!first) throw new Error("two connections were opened");
    const epoch = await takeOver(first, workspaceId, campaign.campaignId);
    const want = 3;
    const lanes = [{ campaignId: campaign.campaignId, epoch, want }];
    const person = await db.connect("owner");
    const askers = clients.map((client, shard) => asking(client, { workspaceId, senderId, lanes, shard }));
    try {
      for (let race = 0; race < races; race += 1) {
        await Promise.all(askers.map(({ passed }) => passed()));
        await stop(person, campaign);
        const atCommit = await attemptCount(person, campaign.campaignId);
        expect(await Promise.all(askers.map(({ passed }) => passed()))).toEqual([word, word]);
        const later = (await attemptCount(person, campaign.campaignId)) - atCommit;
        expect(later, "only grants that were under way").toBeLessThanOrEqual(isLocked ? 0 : clients.length * want);
        await resume(campaign);
      }
    } finally {
      await Promise.all(askers.map((asker) => asker.stop()));
      await resume(campaign);
    }
    expect(await attemptCount(person, campaign.campaignId), "they did send between the stops").toBeGreaterThan(races);
  },
);

test.for(switches.filter(({ word }) => word === "killed"))(
  "$name is set only when no grant that read it before is under way, and a grant after it waits for it",
  async ({ stop, resume }) => {
    const sending = await aSending(db.owner);
    const { workspaceId, senderId } = sending;
    const campaign = await launched(db.owner, sending, await people(db.owner, workspaceId, 20));
    const [engine, other, person] = [await db.connect("engine"), await db.connect("engine"), await db.connect("owner")];
    const lanes = [{ campaignId: campaign.campaignId, epoch: await takeOver(engine, workspaceId, campaign.campaignId), want: 3 }];
    await engine.query("begin");
    await grant(engine, { workspaceId, senderId, lanes });
    let isSet = false;
    const setting = stop(person, campaign).then(() => {
      isSet = true;
    });
    await waitsForLock(person);
    expect(isSet, "the setter waits for the grant under way").toBe(false);
    const asking = grant(other, { workspaceId, senderId, lanes });
    await engine.query("commit");
    await setting;
    expect(handedOut(await asking), "who asks while it is being set gets nothing").toEqual([]);
    await resume(campaign);
  },
);

/** Until the server says that this connection waits for a lock. */
async function waitsForLock(client: pg.Client): Promise<void> {
  const { processID } = client as pg.Client & { readonly processID: number };
  const deadlineMs = performance.now() + 5000;
  for (;;) {
    const { rowCount } = await db.owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [processID]);
    if (rowCount === 1) return;
    if (performance.now() > deadlineMs) throw new Error("it waits for nothing");
  }
}

test("a grant under way when a switch is thrown has no slot later than one horizon after it", async () => {
  const { horizon, window } = pace;
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const { campaignId } = await launched(db.owner, sending, await people(db.owner, workspaceId, 2000));
  const engine = await db.connect("engine");
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const asker = asking(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 100 }], horizon, quantum: 0.01 });
  for (let race = 0; race < 20; race += 1) {
    await asker.passed();
    await db.owner.query("update workspaces set kill_switch = true where id = $1", [workspaceId]);
    const { rows: stopped } = await db.owner.query<{ at: number }>("select extract(epoch from clock_timestamp())::double precision as at");
    await asker.passed();
    const { rows: last } = await db.owner.query<{ at: number }>(
      "select extract(epoch from max(send_by))::double precision as at from campaign_attempts where campaign_id = $1",
      [campaignId],
    );
    expect(last[0]?.at ?? 0).toBeLessThanOrEqual((stopped[0]?.at ?? 0) + horizon + window);
    await db.owner.query("update workspaces set kill_switch = false where id = $1", [workspaceId]);
  }
  await asker.stop();
  expect(await attemptCount(db.owner, campaignId)).toBeGreaterThan(20);
});
