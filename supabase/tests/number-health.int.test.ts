import { settleRefusal, usedPerSecond } from "@herald/campaign";
import type { RefusalClass, RefusalScope } from "@herald/provider";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { steppableClock } from "./support/clock.ts";
import {
  type GrantedLane,
  grant,
  type Handed,
  handedOut,
  merge,
  type ResultJson,
  receipt,
  record,
  result,
  takeOver,
} from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf, setFlag } from "./support/ledger.ts";

let db: LawDatabase;
let engine: pg.Client;
let setAhead: (aheadS: number) => Promise<void>;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  setAhead = await steppableClock(db.owner);
});
afterAll(() => db?.drop());

type Number = Launched & { readonly epoch: number };
async function aNumber(messages = 200, capPerSecond = 100): Promise<Number> {
  await setAhead(0);
  const sending = await aSending(db.owner, { capPerSecond });
  const campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, messages));
  return { ...campaign, epoch: await takeOver(engine, sending.workspaceId, campaign.campaignId) };
}
const ask = async (of: Number, want = 1): Promise<GrantedLane> => {
  const [lane] = await grant(engine, { ...of, lanes: [{ campaignId: of.campaignId, epoch: of.epoch, want }] });
  if (!lane) throw new Error("the gate answers every lane");
  return lane;
};
const take = async (of: Number, want: number): Promise<readonly Handed[]> => handedOut([await ask(of, want)]);

/** What the engine makes of a refusal, in the shape of `herald.record_results`. */
const told = (cls: RefusalClass, scope: RefusalScope, retryAfterMs: number | null, maxAttempts = 3): ResultJson => {
  const settlement = settleRefusal({ class: cls, scope, code: "1", detail: "", retryAfterMs, maxAttempts });
  const { state, reason, retryInMs, code, countsAsAttempt, block, backOff, pace } = settlement;
  return { state, reason, retryMs: retryInMs, maxAttempts, code, class: cls, counts: countsAsAttempt, block, backOff, pace };
};
const refused = (handed: Handed, cls: RefusalClass, scope: RefusalScope, retryAfterMs: number | null = null): ResultJson =>
  result(handed, "deferred", told(cls, scope, retryAfterMs));
const tooFast = (handed: Handed) => refused(handed, "SOON", "number");
const soon = (handed: Handed) => refused(handed, "SOON", "message", 1000);
const share = async ({ senderId }: Number): Promise<number> => {
  const { rows } = await db.owner.query<{ step: number }>("select herald.pace_of($1) as step", [senderId]);
  return 1 / (rows[0]?.step ?? 0) / (100 * 0.97);
};
/** Whole seconds from its refusal to its next try; null when there is none. */
const waitOf = async ({ campaignId }: Number, { messageId }: Handed): Promise<number | null> => {
  const { rows } = await db.owner.query<{ wait: number | null }>(
    "select round(extract(epoch from next_at - changed_at))::int as wait from campaign_messages where campaign_id = $1 and id = $2",
    [campaignId, messageId],
  );
  return rows[0]?.wait ?? null;
};
const makeDue = (of: Number) =>
  db.owner.query("update campaign_messages set next_at = now() - interval '1 minute' where campaign_id = $1 and next_at is not null", [
    of.campaignId,
  ]);

test("a number is used to 0.97 of its cap, to 0.96 up to 20 per second", async () => {
  for (const [cap, share] of [
    [5, 0.96],
    [20, 0.96],
    [21, 0.97],
    [80, 0.97],
    [1000, 0.97],
  ] as const) {
    const { senderId } = await aNumber(1, cap);
    const { rows } = await db.owner.query<{ perSecond: number }>(`select 1 / herald.pace_of($1) as "perSecond"`, [senderId]);
    expect(rows[0]?.perSecond, `cap ${cap}`).toBeCloseTo(cap * share, 3);
    expect(usedPerSecond(cap), "people are told the same").toBeCloseTo(cap * share, 6);
  }
});

test("'too fast' takes a tenth of the pace, once in a second whatever the number of refusals, never below half, and a hundredth comes back every 30 s", async () => {
  const number = await aNumber();
  const refuse = async (count: number) => record(engine, number.workspaceId, (await take(number, count)).map(tooFast));
  await refuse(5);
  await refuse(5);
  expect(await share(number), "a burst of refusals is one word").toBeCloseTo(0.9, 2);
  await setAhead(1.1);
  await refuse(1);
  expect(await share(number)).toBeCloseTo(0.81, 2);
  const { step_ms } = await ask(number);
  expect(step_ms, "the gate paces by it").toBeCloseTo(1000 / (100 * 0.97 * 0.81), 1);
  await setAhead(61.1);
  expect(await share(number), "2 of 100 in a minute").toBeCloseTo(0.83, 2);
  for (let second = 0; second < 9; second += 1) {
    await setAhead(63 + second * 1.1);
    await refuse(1);
  }
  expect(await share(number)).toBeCloseTo(0.5, 2);
  await setAhead(63 + 10 + 60 * 30);
  expect(await share(number), "and never above the plan").toBeCloseTo(1, 5);
});

test("what is refused as too fast waits without a mark against it, however often", async () => {
  const number = await aNumber(1);
  for (let round = 0; round < 5; round += 1) {
    const [handed] = await take(number, 1);
    if (!handed) throw new Error("it is due again every time");
    await record(engine, number.workspaceId, [tooFast(handed)]);
    expect(await messagesOf(db.owner, number.campaignId)).toMatchObject([{ state: "deferred", tries: 0, isQueued: true }]);
    await makeDue(number);
  }
  await expectBalance(db.owner, [number.campaignId]);
});

test("a number that is told to wait rests for 60 to 120 s, says so without a lock to every lane, and burns no try", async () => {
  const number = await aNumber();
  const other = await launched(db.owner, number, await people(db.owner, number.workspaceId, 5));
  const otherEpoch = await takeOver(engine, number.workspaceId, other.campaignId);
  await record(
    engine,
    number.workspaceId,
    (await take(number, 10)).map((handed) => refused(handed, "SOON", "number", 60_000)),
  );
  const deferred = (await messagesOf(db.owner, number.campaignId)).filter(({ state }) => state === "deferred");
  expect(deferred.map(({ tries }) => tries)).toEqual(Array.from({ length: 10 }, () => 0));

  const holder = await db.connect("owner");
  await holder.query("begin");
  await holder.query("select from phone_numbers where id = $1 for update", [number.senderId]);
  const lanes = await grant(engine, {
    ...number,
    lanes: [number, { ...other, epoch: otherEpoch }].map(({ campaignId, epoch }) => ({ campaignId, epoch, want: 1 })),
  });
  await holder.query("rollback");
  expect(lanes.map(({ reason }) => reason)).toEqual(["resting", "resting"]);
  for (const { wait_ms } of lanes) {
    expect(wait_ms).toBeGreaterThan(59_000);
    expect(wait_ms).toBeLessThanOrEqual(120_000);
  }
  await setFlag(db.owner, other.campaignId, "paused");
  const [paused] = await grant(engine, { ...number, lanes: [{ campaignId: other.campaignId, epoch: otherEpoch, want: 1 }] });
  expect(paused?.reason, "a lane that may not send anyhow is told so").toBe("paused");
  await setAhead(121);
  await makeDue(number);
  expect((await ask(number)).reason).toBe("granted");
});

test("more than half failures among the last 50 answers open the breaker; one message probes after 5, 10, 20, 40, 60, 60 s and is not counted as a try; the first good answer closes it", async () => {
  const number = await aNumber();
  const good = await take(number, 25);
  await record(
    engine,
    number.workspaceId,
    good.map((handed) => result(handed, "accepted")),
  );
  const bad = await take(number, 25);
  await record(
    engine,
    number.workspaceId,
    bad.map((handed, index) => (index % 2 === 0 ? soon(handed) : result(handed, "unknown"))),
  );
  const underWay = await take(number, 1);
  expect(underWay, "25 of 50 are not more than half").toHaveLength(1);
  const [last] = await take(number, 1);
  if (!last) throw new Error("one more is granted");
  await record(engine, number.workspaceId, [soon(last)]);
  expect((await ask(number)).reason).toBe("breaker_open");
  // what was under way when it opened says nothing of now
  await record(
    engine,
    number.workspaceId,
    underWay.map((handed) => result(handed, "accepted")),
  );
  expect((await ask(number)).reason).toBe("breaker_open");

  let now = 0;
  for (const gap of [5, 10, 20, 40, 60, 60]) {
    await setAhead(now + gap - 0.5);
    const early = await ask(number, 50);
    expect([early.reason, early.wait_ms > 0 && early.wait_ms < 700], `${gap} s`).toEqual(["breaker_open", true]);
    now += gap + 0.2;
    await setAhead(now);
    await db.owner.query("update phone_numbers set tat = 0 where id = $1", [number.senderId]);
    const probe = await take(number, 50);
    expect(probe, `${gap} s`).toHaveLength(1);
    await db.owner.query("update campaign_attempts set intent_at = intent_at + make_interval(secs => $2) where message_id = $1", [
      probe[0]?.messageId,
      now,
    ]);
    if (gap === 60 && now > 140)
      await record(
        engine,
        number.workspaceId,
        probe.map((handed) => result(handed, "failed")),
      );
    else await record(engine, number.workspaceId, probe.map(soon));
    const { rows } = await db.owner.query("select tries from campaign_messages where id = $1 and state = 'deferred'", [
      probe[0]?.messageId,
    ]);
    for (const { tries } of rows) expect(tries, "a probe is no try of its message").toBe(0);
  }
  await db.owner.query("update phone_numbers set tat = 0 where id = $1", [number.senderId]);
  expect(await take(number, 20), "any answer of its own closes it").toHaveLength(20);
  const { rows: health } = await db.owner.query("select opened_at, recent from number_health where sender_id = $1", [number.senderId]);
  expect(health).toEqual([{ opened_at: null, recent: "" }]);
  await expectBalance(db.owner, [number.campaignId]);
});

test("a probe that never began is tried again within a second, and its slot leaves time for a slow answer of the gate", async () => {
  const number = await aNumber();
  await record(engine, number.workspaceId, (await take(number, 30)).map(soon));
  expect((await ask(number)).reason).toBe("breaker_open");
  let now = 5.2;
  for (const round of [1, 2, 3, 4]) {
    await setAhead(now);
    await db.owner.query("update phone_numbers set tat = 0 where id = $1", [number.senderId]);
    const answer = await ask(number, 50);
    const [probe] = handedOut([answer]);
    if (!probe) throw new Error(`round ${round}: one message is let through`);
    expect(answer.first_ms, `round ${round}`).toBeGreaterThan(99);
    await db.owner.query("update campaign_attempts set intent_at = intent_at + make_interval(secs => $2) where message_id = $1", [
      probe.messageId,
      now,
    ]);
    await record(engine, number.workspaceId, [result(probe, "queued")]);
    const early = await ask(number, 50);
    expect([early.reason, early.wait_ms > 0 && early.wait_ms <= 1000], `round ${round}`).toEqual(["breaker_open", true]);
    now += 1.1;
  }
});

test("what the provider says of our own pace does not open the breaker, and failures that arrive by webhook do", async () => {
  const number = await aNumber();
  await record(engine, number.workspaceId, (await take(number, 60)).map(tooFast));
  expect((await ask(number)).reason).toBe("granted");
  const handed = await take(number, 50);
  await record(
    engine,
    number.workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  const failed = handed.slice(0, 26).map((one) => receipt(one, "failed"));
  await merge(engine, number.workspaceId, failed.slice(0, 25));
  await merge(engine, number.workspaceId, failed.slice(0, 25));
  expect((await ask(number)).reason, "one failure counts once").toBe("granted");
  await merge(engine, number.workspaceId, failed);
  expect((await ask(number)).reason).toBe("breaker_open");
});

/** The refusal is the answer to the request, or comes by webhook after the request was accepted. */
async function refuse({ workspaceId }: Number, handed: Handed, isAsync: boolean, json: ResultJson): Promise<void> {
  await record(engine, workspaceId, [isAsync ? result(handed, "accepted") : result(handed, "deferred", json)]);
  if (isAsync) await merge(engine, workspaceId, [receipt(handed, "failed", json)]);
}

test.each([
  ["SOON", "message", 5000, [5, 10]],
  ["SOON", "contact", 1000, [1, 4]],
] as const)(
  "a refusal %s of the %s after %i ms waits %j s from try to try, and only its own message; the third is its last",
  async (cls, scope, retryAfterMs, waits) => {
    for (const isAsync of [false, true]) {
      const number = await aNumber(2);
      for (const wait of [...waits, null]) {
        const [handed] = await take(number, 1);
        if (!handed) throw new Error("it is due again");
        await refuse(number, handed, isAsync, told(cls, scope, retryAfterMs));
        const [own, other] = await messagesOf(db.owner, number.campaignId);
        expect([own?.state, await waitOf(number, handed), other?.state, other?.attempt]).toEqual([
          wait === null ? "failed" : "deferred",
          wait,
          "queued",
          0,
        ]);
        await db.owner.query("update campaign_messages set next_at = now() - interval '2 hours' where id = $1 and next_at is not null", [
          handed.messageId,
        ]);
      }
    }
  },
);

test("131049: a person whose limit is reached is tried again after 24 h at the earliest, and twice at most", async () => {
  for (const isAsync of [false, true]) {
    const number = await aNumber(1);
    for (const [state, waits] of [
      ["deferred", 86_400],
      ["failed", null],
    ]) {
      const [handed] = await take(number, 1);
      if (!handed) throw new Error("it is due");
      await refuse(number, handed, isAsync, told("HOURS", "contact", 86_400_000, 2));
      expect(await messagesOf(db.owner, number.campaignId)).toMatchObject([{ state }]);
      expect(await waitOf(number, handed)).toBe(waits);
      await makeDue(number);
    }
    expect(await take(number, 1)).toEqual([]);
  }
});
