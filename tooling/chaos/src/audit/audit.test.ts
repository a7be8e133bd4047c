import { describe, expect, test } from "vitest";
import type { TruthRow } from "../world/provider.ts";
import { auditTrial } from "./audit.ts";
import type { Evidence, LedgerCampaign, LedgerMessage } from "./evidence.ts";
import { mostInOneSecond } from "./laws.ts";

const campaignId = "c1";
type Accepted = TruthRow["accepted"][number];
const acceptance = (over: Partial<Accepted> = {}): Accepted => ({
  recipient: "+1",
  atMs: 0,
  answer: "ok",
  receiptsEmitted: ["sent"],
  receiptsAcknowledged: ["sent"],
  failedCode: null,
  ...over,
});
const seen = (messageId: string, attempt: number, over: Partial<TruthRow> = {}): TruthRow => ({
  opaqueId: `v1.${campaignId}.${messageId}.${attempt}.mac`,
  phoneNumberId: "4",
  recipients: [`+${messageId}`],
  requests: 1,
  firstRequestAtMs: 0,
  accepted: [acceptance({ recipient: `+${messageId}` })],
  refused: [],
  dropped: 0,
  ...over,
});
const message = (messageId: string, over: Partial<LedgerMessage> = {}): LedgerMessage => ({
  messageId,
  state: "accepted",
  attempt: 1,
  reason: null,
  code: null,
  resends: 0,
  attempts: [{ attempt: 1, outcome: "accepted", sendByMs: 0, receipts: ["sent"] }],
  ...over,
});
function campaign(messages: readonly LedgerMessage[], over: Partial<LedgerCampaign> = {}): LedgerCampaign {
  const counts = { accepted: messages.length, failed: 0 };
  return { campaignId, status: "sent", planned: messages.length, counts, recount: counts, messages, ...over };
}
const audited = (messages: readonly LedgerMessage[], truth: readonly TruthRow[], over: Partial<Evidence> = {}) =>
  auditTrial({ ledger: [campaign(messages)], truth, begins: [], standstills: [], optOuts: [], ownLagMs: 0, ...over });

test("a campaign that went as its ledger says has no findings", () => {
  const verdict = audited([message("1"), message("2")], [seen("1", 1), seen("2", 1)]);
  expect(verdict).toMatchObject({ planned: 2, lost: [], doubled: [], unbalanced: [], strangers: [], receiptsDiffer: [], ambiguousOpen: 0 });
});

describe("doubled", () => {
  const attempts = [1, 2].map((attempt) => ({ attempt, outcome: "accepted", sendByMs: 0, receipts: ["sent"] }));
  const second = (code: number | null) => [
    seen("1", 1, { accepted: [acceptance({ receiptsAcknowledged: code === null ? ["sent"] : ["failed"], failedCode: code })] }),
    seen("1", 2, { accepted: [acceptance({ atMs: 9 })] }),
  ];
  test("two accepted requests for a recipient, with nothing between them that allows it", () => {
    expect(audited([message("1", { attempt: 2, attempts })], second(null)).doubled).toHaveLength(1);
  });
  test("a failure that may be retried allows the second, one that may not does not", () => {
    expect(audited([message("1", { attempt: 2, attempts })], second(131049)).doubled).toEqual([]);
    expect(audited([message("1", { attempt: 2, attempts })], second(131026)).doubled).toHaveLength(1);
  });
  test("an operator who sends again at his own risk allows one more, not two", () => {
    const resent = message("1", { attempt: 2, attempts, resends: 1 });
    expect(audited([resent], second(null)).doubled).toEqual([]);
    expect(audited([resent], [...second(null), seen("1", 3)]).doubled).toHaveLength(1);
  });
  test("one person under two messages of a campaign", () => {
    const same = ["1", "2"].map((messageId) => seen(messageId, 1, { accepted: [acceptance({ recipient: "+7" })] }));
    expect(audited([message("1"), message("2")], same).doubled).toHaveLength(1);
  });
});

describe("lost", () => {
  test.each([
    ["queued", []],
    ["dispatching", [seen("1", 1)]],
    ["skipped", [seen("1", 1)]],
    ["failed", [seen("1", 1)]],
    ["deferred", [seen("1", 1)]],
    ["accepted", []],
    ["accepted", [seen("1", 1, { accepted: [acceptance({ receiptsAcknowledged: ["failed"], failedCode: 131026 })] })]],
  ])("%s here against what happened there", (state, truth) => {
    expect(audited([message("1", { state })], truth).lost).toHaveLength(1);
  });
  test("a planned recipient without a row", () => {
    const ledger = [campaign([message("1")], { planned: 2 })];
    expect(auditTrial({ ledger, truth: [seen("1", 1)], begins: [], standstills: [], optOuts: [], ownLagMs: 0 }).lost).toHaveLength(1);
  });
  test("what is shown as open is not lost", () => {
    const open = [message("1", { state: "unknown" }), message("2", { state: "deferred" }), message("3", { state: "held" })];
    expect(audited(open, [seen("1", 1), seen("3", 1)])).toMatchObject({ lost: [], ambiguousOpen: 1 });
  });
  test("an unknown that a receipt settled is counted as settled", () => {
    const settled = message("1", { attempts: [{ attempt: 1, outcome: "unknown", sendByMs: 0, receipts: ["sent"] }] });
    expect(audited([settled], [seen("1", 1)])).toMatchObject({ lost: [], ambiguousOpen: 0, ambiguousSettled: 1 });
  });
});

test("counters that differ from the recount, or do not add up to what was planned, are unbalanced", () => {
  const ledger = [
    campaign([message("1")], { recount: { accepted: 0, failed: 1 } }),
    campaign([message("1")], { counts: { accepted: 2 }, recount: { accepted: 2 } }),
  ];
  expect(auditTrial({ ledger, truth: [seen("1", 1)], begins: [], standstills: [], optOuts: [], ownLagMs: 0 }).unbalanced).toHaveLength(2);
});

test("a request begun after an acknowledged pause and before the resume is found; one before or after is not", () => {
  const begins = [90, 200, 400].map((atMs, index) => ({ campaignId, messageId: String(index), attempt: 1, group: 0 as const, atMs }));
  const verdict = audited([], [], { begins, standstills: [{ campaignId, action: "pause", fromMs: 100, untilMs: 300 }] });
  expect(verdict.afterStop.map(({ messageId }) => messageId)).toEqual(["1"]);
});

test("a request begun after its send_by is found, unless our own lag explains it", () => {
  const messages = ["1", "2", "3"].map((id) =>
    message(id, { attempts: [{ attempt: 1, outcome: "accepted", sendByMs: 1000, receipts: ["sent"] }] }),
  );
  const begins = [990, 1200, 1500].map((atMs, index) => ({
    campaignId,
    messageId: String(index + 1),
    attempt: 1,
    group: 0 as const,
    atMs,
  }));
  const lateWith = (ownLagMs: number) => audited(messages, [], { begins, ownLagMs }).lateBegins.map(({ messageId }) => messageId);
  expect(lateWith(5)).toEqual(["2", "3"]);
  expect(lateWith(200)).toEqual(["3"]);
  expect(lateWith(201), "who was late himself cannot tell").toEqual([]);
});

test("a request to somebody whose STOP was committed is found, unless it was granted before", () => {
  const begins: Evidence["begins"] = [
    { campaignId, messageId: "1", attempt: 1, group: 0, atMs: 260 },
    { campaignId, messageId: "2", attempt: 1, group: 0, atMs: 900 },
  ];
  const optOuts = [
    { phone: "+1", fromMs: 100 },
    { phone: "+2", fromMs: 100 },
  ];
  expect(
    audited([message("1"), message("2")], [seen("1", 1), seen("2", 1)], { begins, optOuts }).afterOptOut.map((one) => one.messageId),
  ).toEqual(["2"]);
});

test("requests that no attempt of ours explains are found", () => {
  const verdict = audited([message("1")], [seen("1", 1, { requests: 2 }), seen("9", 1), seen("1", 1, { opaqueId: null })]);
  expect(verdict.strangers).toHaveLength(3);
});

test("the most requests in any second, not in any calendar second", () => {
  expect(mostInOneSecond([0, 600, 900, 1500, 1599, 1600, 3000])).toBe(4);
});
