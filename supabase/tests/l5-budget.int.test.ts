import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grant, optOut, pace, slotsOf, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
  // the gate's one clock, steppable for each number's test without stepping the machine's
  await db.owner.query("create table public.test_clock (name text primary key, shift double precision not null)");
  await db.owner.query("grant select on public.test_clock to herald_engine");
  await db.owner.query(`create or replace function herald.now_s() returns double precision language sql volatile as
    $$ select extract(epoch from clock_timestamp())::double precision + coalesce((select shift from public.test_clock where name = current_setting('application_name')), 0) $$`);
});
afterAll(() => db?.drop());

const { horizon, quantum, window } = pace;
const utilisation = 0.97;

/** Law L5 at its worst: the first request of a window begins as late as it may, the last one as early. */
function expectWithinCap(slots: readonly number[], cap: number): void {
  const sorted = slots.toSorted((a, b) => a - b);
  const overflow = sorted.findIndex((slot, index) => index >= cap && slot - ((sorted[index - cap] ?? 0) + window) < 1);
  expect(overflow, `${cap + 1} requests may begin within one second`).toBe(-1);
}

/** Slots of one number on the true clock. `shifts[i]` is what the database's clock is off in round i. */
async function run(cap: number, shifts: readonly number[]): Promise<{ readonly slots: readonly number[]; readonly seconds: number }> {
  const name = `law-l5-${cap}-${shifts.length}`;
  await db.owner.query("insert into test_clock values ($1, 0)", [name]);
  const sending = await aSending(db.owner, { capPerSecond: cap });
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 600);
  const campaigns = [await launched(db.owner, sending, contactIds), await launched(db.owner, sending, contactIds)];
  const clients = await Promise.all([0, 1].map(() => db.connect("engine")));
  const [first] = clients;
  if (!first) throw new Error("two connections were opened");
  // every fourth person opts out: slots inside a grant close up
  for (const contactId of contactIds.filter((_, index) => index % 4 === 0)) await optOut(first, workspaceId, contactId);
  for (const { campaignId } of campaigns) await takeOver(first, workspaceId, campaignId);
  for (const client of clients) await client.query("select set_config('application_name', $1, false)", [name]);

  const lanes = campaigns.map(({ campaignId }) => ({ campaignId, epoch: 1, want: 50 }));
  const slots: number[] = [];
  const startMs = performance.now();
  let lastShift = 0;
  for (const shift of shifts) {
    const isStep = shift !== lastShift;
    if (isStep) await db.owner.query("update test_clock set shift = $2 where name = $1", [name, shift]);
    lastShift = shift;
    const answers = await Promise.all(
      clients.map((client: pg.Client, shard) => grant(client, { workspaceId, senderId, lanes, horizon, quantum, shard })),
    );
    // a sender that sees a clock step begins nothing of that grant and asks again after the horizon (engine's clock map)
    if (isStep) await sleep((horizon + window) * 1000);
    else
      slots.push(
        ...answers
          .flat()
          .flatMap(slotsOf)
          .map((slot) => slot - shift),
      );
    await sleep(Math.max(1, Math.min(...answers.flat().map(({ wait_ms }) => wait_ms), 50)));
  }
  return { slots, seconds: (performance.now() - startMs) / 1000 };
}

const steady = Array.from({ length: 70 }, () => 0);
const stepped = [0, 5, 0, 0.6, 0, -0.6, -5, 0].flatMap((shift) => Array.from({ length: 14 }, () => shift));

describe.each([80, 20])("a number of %i per second, two connections, two campaigns, opt-outs inside the grants", (cap) => {
  test.concurrent("in any sliding second no more requests may begin than its cap, slots never overlap, and the budget is used", async ({
    expect,
  }) => {
    const { slots, seconds } = await run(cap, steady);
    expectWithinCap(slots, cap);
    const sorted = slots.toSorted((a, b) => a - b);
    const gaps = sorted.slice(1).map((slot, index) => slot - (sorted[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(1 / (cap * utilisation) - 1e-5);
    expect(slots.length, "people who are skipped take no slot").toBeGreaterThan(cap * seconds * 0.5);
  });

  test.concurrent("also when the database's clock is set forward and back", async ({ expect }) => {
    const { slots, seconds } = await run(cap, stepped);
    expectWithinCap(slots, cap);
    expect(slots.length, "a clock that was set back does not stop the number").toBeGreaterThan(cap * seconds * 0.3);
  });
});
