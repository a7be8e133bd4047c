import { expect, test } from "vitest";
import type { TruthRow } from "../clients/simulator.ts";
import { compareLedger } from "./compare.ts";
import type { LedgerAttempt, LedgerView } from "./ledger-rows.ts";

const anAttempt = (change: Partial<LedgerAttempt> = {}): LedgerAttempt => ({
  messageId: "1",
  attempt: 1,
  isNewest: true,
  state: "accepted",
  outcome: "accepted",
  providerMessageId: "wamid.1",
  code: null,
  receipts: ["sent"],
  ...change,
});
const aRow = (change: Partial<TruthRow> = {}, attempt = 1): TruthRow => ({
  opaqueId: `v1.c.1.${attempt}.mac`,
  recipients: [],
  requests: 1,
  accepted: [{ wamid: "wamid.1", receiptsAcknowledged: ["sent"], repliesAcknowledged: 0 }],
  refused: [],
  dropped: 0,
  ...change,
});
const aLedger = (attempts: readonly LedgerAttempt[], change: Partial<LedgerView> = {}): LedgerView => ({
  status: "sent",
  planned: 1,
  counts: { sent: 1 },
  recount: { sent: 1 },
  attempts,
  neverTried: {},
  ...change,
});

test("a ledger that says what the provider saw has no disagreement", () => {
  expect(compareLedger(aLedger([anAttempt()]), [aRow()], "c")).toMatchObject({ disagreements: [], doubled: 0, lost: 0, isBalanced: true });
});

test.each<[string, LedgerView, readonly TruthRow[]]>([
  ["accepted there, refused here", aLedger([anAttempt({ outcome: "failed" })]), [aRow()]],
  ["accepted there, never begun here", aLedger([anAttempt({ outcome: "not_started" })]), [aRow()]],
  ["refused there, accepted here", aLedger([anAttempt()]), [aRow({ accepted: [], refused: [{ code: 131009 }] })]],
  ["never seen there, accepted here", aLedger([anAttempt()]), []],
  ["seen there without an intent here", aLedger([]), [aRow()]],
  ["two requests for one attempt", aLedger([anAttempt()]), [aRow({ requests: 2 })]],
  ["a receipt that did not arrive here", aLedger([anAttempt({ receipts: [] })]), [aRow()]],
  ["counters that differ from the rows", aLedger([anAttempt()], { recount: { sent: 0 } }), [aRow()]],
])("%s is a disagreement", (_case, ledger, rows) => {
  expect(compareLedger(ledger, rows, "c").disagreements).toHaveLength(1);
});

test("two accepted requests for one message are a double, unless a failure allowed the second", () => {
  const twice = (receipts: readonly string[]) =>
    compareLedger(aLedger([anAttempt({ isNewest: false, receipts }), anAttempt({ attempt: 2 })]), [aRow(), aRow({}, 2)], "c").doubled;
  expect(twice(["sent"])).toBe(1);
  expect(twice(["failed"])).toBe(0);
});

test("a message that no bucket holds is lost, and an unknown one that the provider accepted is told apart", () => {
  expect(compareLedger(aLedger([anAttempt()], { planned: 2 }), [aRow()], "c").lost).toBe(1);
  const unknown = anAttempt({ state: "unknown", outcome: "unknown" });
  expect(compareLedger(aLedger([unknown]), [aRow()], "c")).toMatchObject({ ambiguous: 1, ambiguousAccepted: 1 });
  expect(compareLedger(aLedger([unknown]), [], "c")).toMatchObject({ ambiguous: 1, ambiguousAccepted: 0 });
});
