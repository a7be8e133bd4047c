import { expect, test } from "vitest";
import type { TruthRow } from "../clients/simulator.ts";
import { type Comparison, compareLedger } from "./compare.ts";
import type { LedgerAttempt, LedgerView } from "./ledger-rows.ts";
import { readTruth } from "./provider-truth.ts";

const anAttempt = (change: Partial<LedgerAttempt> = {}): LedgerAttempt => ({
  messageId: "1",
  attempt: 1,
  isNewest: true,
  state: "accepted",
  outcome: "accepted",
  providerMessageId: "wamid.1",
  receipts: ["sent"],
  ...change,
});
const aRow = (change: Partial<TruthRow> = {}, attempt = 1, message = "1"): TruthRow => ({
  opaqueId: `v1.c.${message}.${attempt}.mac`,
  recipients: [],
  requests: 1,
  accepted: [{ wamid: "wamid.1", receiptsAcknowledged: ["sent"], repliesAcknowledged: 0 }],
  refused: [],
  dropped: 0,
  ...change,
});
const aLedger = (change: Partial<LedgerView> = {}): LedgerView => ({
  status: "sent",
  planned: 1,
  counts: { sent: 1 },
  recount: { sent: 1 },
  ...change,
});
/** One row a page, on both sides: whatever spans pages is tried with each test. */
const compare = async (attempts: readonly LedgerAttempt[], rows: readonly TruthRow[], ledger = aLedger()): Promise<Comparison> =>
  compareLedger(
    ledger,
    attempts.map((one) => [one]),
    await readTruth(
      rows.map((one) => [one]),
      "c",
    ),
  );

test("a ledger that says what the provider saw has no disagreement", async () => {
  expect(await compare([anAttempt()], [aRow()])).toMatchObject({ disagreements: [], doubled: 0, lost: 0, isBalanced: true });
});

test.each<[string, readonly LedgerAttempt[], readonly TruthRow[], LedgerView?]>([
  ["accepted there, refused here", [anAttempt({ outcome: "failed" })], [aRow()]],
  ["accepted there, never begun here", [anAttempt({ outcome: "not_started" })], [aRow()]],
  ["refused there, accepted here", [anAttempt()], [aRow({ accepted: [], refused: [{ code: 131009 }] })]],
  ["never seen there, accepted here", [anAttempt()], []],
  ["seen there without an intent here", [], [aRow()]],
  ["two requests for one attempt", [anAttempt()], [aRow({ requests: 2 })]],
  ["a receipt that did not arrive here", [anAttempt({ receipts: [] })], [aRow()]],
  ["counters that differ from the rows", [anAttempt()], [aRow()], aLedger({ recount: { sent: 0 } })],
])("%s is a disagreement", async (_case, attempts, rows, ledger) => {
  expect((await compare(attempts, rows, ledger)).disagreements).toHaveLength(1);
});

test("two accepted requests for one message are a double, unless a failure before the second allowed it", async () => {
  const twice = async (first: readonly string[], second: readonly string[]) =>
    (await compare([anAttempt({ isNewest: false, receipts: first }), anAttempt({ attempt: 2, receipts: second })], [aRow(), aRow({}, 2)]))
      .doubled;
  expect(await twice(["sent"], ["sent"])).toBe(1);
  expect(await twice(["failed"], ["sent"])).toBe(0);
  expect(await twice(["sent"], ["failed"])).toBe(1);
});

test("a message that no bucket holds is lost, and an unknown one that the provider accepted is told apart", async () => {
  expect((await compare([anAttempt()], [aRow()], aLedger({ planned: 2 }))).lost).toBe(1);
  const unknown = anAttempt({ state: "unknown", outcome: "unknown" });
  expect(await compare([unknown], [aRow()])).toMatchObject({ ambiguous: 1, ambiguousAccepted: 1 });
  expect(await compare([unknown], [])).toMatchObject({ ambiguous: 1, ambiguousAccepted: 0 });
});

test("what other campaigns did is no part of it, and a thousand disagreements are told as a hundred", async () => {
  const stranger = aRow({ opaqueId: "v1.other.1.1.mac" });
  expect(await compare([anAttempt()], [aRow(), stranger])).toMatchObject({ acceptedThere: 1, disagreements: [] });
  const unseen = Array.from({ length: 1000 }, (_, index) => anAttempt({ messageId: String(index + 1) }));
  expect((await compare(unseen, [])).disagreements).toHaveLength(100);
});

test("many attempts that went the same way share one entry of memory", async () => {
  const { byAttempt } = await readTruth([Array.from({ length: 500 }, (_, index) => aRow({}, 1, String(index)))], "c");
  expect(byAttempt.size).toBe(500);
  expect(new Set(byAttempt.values()).size).toBe(1);
});
