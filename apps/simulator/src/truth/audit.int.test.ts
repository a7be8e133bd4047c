import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DoubleRow, NumberRow } from "../simulator.ts";
import { demo, until } from "../testing/client.ts";
import { peopleOf, sendToAll, trySend } from "../testing/runs.ts";
import { startWorld, type World } from "../testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const doubles = async (query = ""): Promise<DoubleRow[]> =>
  (await world.client.call<{ rows: DoubleRow[] }>("GET", `/_truth/doubles${query}`)).body.rows;

describe("whoever was accepted twice", () => {
  it("is excused when the failure of the first was told before the second was asked for", async () => {
    await world.client.script({ to: ["+16505550001"], receipts: { kind: "failed", code: 131026 } });
    for (const opaqueId of ["c1", "c2"]) {
      for (const person of ["+16505550001", "+16505550002"]) await world.client.send(person, opaqueId);
      await world.client.idle();
    }
    expect(await doubles()).toMatchObject([
      { recipient: "+16505550001", unexcused: 0, acceptances: [{ failedCode: 131026, excused: true }, { excused: true }] },
      {
        recipient: "+16505550002",
        unexcused: 1,
        acceptances: [
          { failedToldAtMs: null, excused: true },
          { opaqueId: "c2", excused: false },
        ],
      },
    ]);
  });

  it("is not excused by a cut connection, nor by a failure that nobody could know yet", async () => {
    await world.client.control("POST", "receipts/hold");
    await world.client.script(
      { to: ["+16505550001"], answer: { kind: "cut", times: 1 } },
      { to: ["+16505550002"], receipts: { kind: "failed", code: 131026, afterSent: false } },
    );
    for (const opaqueId of ["c1", "c2"])
      for (const person of ["+16505550001", "+16505550002"]) await trySend(world.baseUrl, person, opaqueId);
    expect((await doubles()).map((row) => row.unexcused)).toEqual([1, 1]);
  });

  it("can be asked for within one campaign, or since a moment", async () => {
    await sendToAll(world.baseUrl, ["+16505550001"]);
    const sinceMs = (await world.client.message("c0"))?.lastRequestAtMs ?? 0;
    await world.client.send("+16505550001", "other");
    expect([await doubles("?opaqueIdPrefix=c"), await doubles(`?sinceMs=${sinceMs + 0.001}`)]).toEqual([[], []]);
    expect(await doubles("?limit=1")).toHaveLength(1);
  });
});

describe("what the auditor reads of a number", () => {
  it("is its requests, when the first and the last came, and its busiest second", async () => {
    await world.client.script({ share: { from: 0, to: 0.5 }, answer: { kind: "refuse", code: 131009 } });
    await sendToAll(world.baseUrl, peopleOf("+1650555", 30));
    const { body } = await world.client.call<{ rows: NumberRow[] }>("GET", "/_truth/numbers");
    const row = body.rows[0];
    expect(row).toMatchObject({ phoneNumberId: demo.phoneNumberId, requests: 30, capPerSecond: 100_000, dropped: 0 });
    expect((row?.accepted ?? 0) + (row?.refused ?? 0)).toBe(30);
    expect(row?.refusedByCode).toEqual({ 131009: row?.refused });
    expect(row?.maxAcceptedPerSlidingSecond).toBeLessThan(row?.maxRequestsPerSlidingSecond ?? 0);
    const summary = await world.client.summary();
    expect(summary.requestTimes).toEqual({ firstAtMs: row?.firstRequestAtMs, lastAtMs: row?.lastRequestAtMs });
  });

  it("is nothing before the first request", async () => {
    expect((await world.client.summary()).requestTimes).toEqual({ firstAtMs: null, lastAtMs: null });
  });
});

describe("the auditor's own lag", () => {
  it("is told when it is reset, and starts anew", async () => {
    const blockUntilMs = performance.now() + 120;
    while (performance.now() < blockUntilMs);
    const { body } = await world.client.control<{ simLoopLagMaxMs: number }>("POST", "lag/reset");
    expect(body.simLoopLagMaxMs).toBeGreaterThan(100);
    expect((await world.client.summary()).simLoopLagMaxMs).toBeLessThan(100);
  });
});

describe("more faults", () => {
  it("half open: nothing is answered and nothing closed, until the client leaves", async () => {
    await world.client.script({ answer: { kind: "half_open", accepted: false } });
    const seen = trySend(world.baseUrl, "+16505550001", "c1", {}, 600);
    await until("the answer is open", async () => (await world.client.summary()).queue.hangingAnswers === 1);
    expect(await seen).toBe("silence");
    await until("the client has left", async () => (await world.client.summary()).queue.hangingAnswers === 0);
    expect((await world.client.message("c1"))?.droppedAt).toMatchObject([{ how: "half_open", recipient: "+16505550001" }]);
  });

  it("slow: a share of answers, or those for one person, take as long as configured", async () => {
    await world.client.configure({ timeScale: 1, latency: { minMs: 0, maxMs: 1, slowShare: 1, slow: { minMs: 150, maxMs: 160 } } });
    await world.client.script({ to: ["+16505550002"], latency: { minMs: 300, maxMs: 301 } });
    const took = async (person: string): Promise<number> => {
      const startMs = performance.now();
      expect(await trySend(world.baseUrl, person, person, {}, 5000)).toBe(200);
      return performance.now() - startMs;
    };
    expect(await took("+16505550001")).toBeGreaterThan(145);
    expect(await took("+16505550002")).toBeGreaterThan(295);
  });
});
