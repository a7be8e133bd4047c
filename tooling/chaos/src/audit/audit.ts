import { readOpaqueId } from "../network/wire-log.ts";
import type { Acceptance, TruthRow } from "../world/provider.ts";
import type { Evidence, Finding, LedgerCampaign, LedgerMessage } from "./evidence.ts";
import { afterOptOut, afterStop, lateBegins } from "./laws.ts";

export type Verdict = {
  readonly planned: number;
  /** Planned and neither final nor listed as open, or told otherwise here than it happened there. */
  readonly lost: readonly Finding[];
  /** Accepted twice without a failure of the provider that allows a retry, or an operator's word. */
  readonly doubled: readonly Finding[];
  readonly unbalanced: readonly Finding[];
  /** Unknown and shown as such. */
  readonly ambiguousOpen: number;
  /** Unknown once, settled since by evidence. */
  readonly ambiguousSettled: number;
  /** Law L2. */
  readonly lateBegins: readonly Finding[];
  /** Law L6. */
  readonly afterStop: readonly Finding[];
  /** Law L7. */
  readonly afterOptOut: readonly Finding[];
  readonly receiptsDiffer: readonly Finding[];
  /** Requests that belong to no attempt of ours, or more than one of an attempt (laws L2, L3). */
  readonly strangers: readonly Finding[];
};

/** Failures told by webhook after which the message may be tried again (error codes page of Meta's Cloud API: "retry later"). */
const retryable = new Set([131000, 131049, 131056, 131057, 130429]);

/** What happened by the provider's books, beside what our ledger says of it. */
export function auditTrial(evidence: Evidence): Verdict {
  const { ledger, truth } = evidence;
  const rowsByMessage = new Map<string, TruthRow[]>();
  const known = new Map(ledger.map((campaign) => [campaign.campaignId, new Set(campaign.messages.map(({ messageId }) => messageId))]));
  const strangers: Finding[] = [];
  for (const row of truth) {
    const ref = readOpaqueId(row.opaqueId);
    if (!ref) strangers.push({ campaignId: "?", messageId: null, what: "a request without an opaque id of ours" });
    else if (known.has(ref.campaignId)) {
      if (!known.get(ref.campaignId)?.has(ref.messageId))
        strangers.push({ campaignId: ref.campaignId, messageId: ref.messageId, what: "a request for a message we do not have" });
      const key = `${ref.campaignId}:${ref.messageId}`;
      rowsByMessage.set(key, [...(rowsByMessage.get(key) ?? []), row]);
    }
  }
  const verdicts = ledger.flatMap(({ campaignId, messages }) =>
    messages.map((message) => ({ campaignId, message, rows: rowsByMessage.get(`${campaignId}:${message.messageId}`) ?? [] })),
  );
  const found = (judge: (message: LedgerMessage, rows: readonly TruthRow[]) => string | null): Finding[] =>
    verdicts.flatMap(({ campaignId, message, rows }) => {
      const what = judge(message, rows);
      return what === null ? [] : [{ campaignId, messageId: message.messageId, what }];
    });
  return {
    planned: ledger.reduce((sum, { planned }) => sum + planned, 0),
    lost: [...ledger.flatMap(missingRows), ...found(contradiction)],
    doubled: [...found(twice), ...twoMessages(evidence)],
    unbalanced: ledger.flatMap(imbalance),
    ambiguousOpen: verdicts.filter(({ message }) => message.state === "unknown").length,
    ambiguousSettled: verdicts.filter(({ message, rows }) => message.state !== "unknown" && wasAmbiguous(message, rows)).length,
    lateBegins: lateBegins(evidence),
    afterStop: afterStop(evidence),
    afterOptOut: afterOptOut(evidence),
    receiptsDiffer: found(receiptsDiffer),
    strangers: [...strangers, ...found(repeatedAttempt)],
  };
}

/** Given up for unknown, or accepted with an answer that nobody could read: a receipt may be faster than our giving up. */
const wasAmbiguous = ({ attempts }: LedgerMessage, rows: readonly TruthRow[]): boolean =>
  attempts.some(({ outcome }) => outcome === "unknown") || acceptances(rows).some(({ answer }) => answer !== "ok");
const acceptances = (rows: readonly TruthRow[]): readonly Acceptance[] =>
  rows.flatMap(({ accepted }) => accepted).toSorted((one, other) => one.atMs - other.atMs);
const hasFailed = ({ receiptsAcknowledged }: Acceptance): boolean =>
  receiptsAcknowledged.includes("failed") && !receiptsAcknowledged.includes("delivered");

/** The second of two accepted requests needs a failure of the first that allows it, or an operator who wanted it. */
function twice(message: LedgerMessage, rows: readonly TruthRow[]): string | null {
  const accepted = acceptances(rows);
  const allowed = message.resends + accepted.slice(0, -1).filter((one) => hasFailed(one) && retryable.has(one.failedCode ?? 0)).length;
  return accepted.length > 1 + allowed ? `accepted ${accepted.length} times, ${1 + allowed} allowed` : null;
}

/** One person under two messages of one campaign is written to twice as well. */
function twoMessages({ ledger, truth }: Evidence): Finding[] {
  return ledger.flatMap(({ campaignId }) => {
    const messagesByPerson = new Map<string, Set<string>>();
    for (const row of truth) {
      const ref = readOpaqueId(row.opaqueId);
      if (ref?.campaignId !== campaignId) continue;
      for (const { recipient } of row.accepted)
        if (recipient) messagesByPerson.set(recipient, (messagesByPerson.get(recipient) ?? new Set()).add(ref.messageId));
    }
    return [...messagesByPerson.values()]
      .filter(({ size }) => size > 1)
      .map((ids) => ({ campaignId, messageId: [...ids].join(" and "), what: "one person, two messages of one campaign" }));
  });
}

/** Ledger equals truth: accepted there ⇔ accepted or unknown here; never accepted there ⇒ not accepted here; nothing is left on its way. */
function contradiction(message: LedgerMessage, rows: readonly TruthRow[]): string | null {
  const { state, reason, code } = message;
  const told = `${state}${reason === null ? "" : ` (${reason})`} here`;
  if (state === "queued" || state === "dispatching") return `still ${told}, nothing moves it`;
  const accepted = acceptances(rows);
  const standing = accepted.filter((one) => !hasFailed(one));
  const refusedAfter =
    message.resends > 0 && state === "failed" && !standing.some(({ receiptsAcknowledged: told }) => told.includes("delivered"));
  if (standing.length > 0 && !["accepted", "unknown", "held"].includes(state) && !refusedAfter)
    return `accepted there, ${told}, code ${code ?? "none"}`;
  if (state === "accepted" && accepted.length === 0) return `never accepted there, ${told}`;
  if (state === "accepted" && standing.length === 0) return `failed there, ${told}`;
  return null;
}

const missingRows = ({ campaignId, planned, messages }: LedgerCampaign): Finding[] =>
  messages.length === planned ? [] : [{ campaignId, messageId: null, what: `${planned} planned, ${messages.length} rows` }];

function imbalance({ campaignId, planned, counts, recount }: LedgerCampaign): Finding[] {
  const sum = Object.values(counts).reduce((total, count) => total + count, 0);
  const isEqual = Object.entries(counts).every(([bucket, count]) => recount[bucket] === count);
  if (sum === planned && isEqual) return [];
  return [
    { campaignId, messageId: null, what: `planned ${planned}, counters ${JSON.stringify(counts)}, recount ${JSON.stringify(recount)}` },
  ];
}

function receiptsDiffer(message: LedgerMessage, rows: readonly TruthRow[]): string | null {
  for (const row of rows) {
    const number = readOpaqueId(row.opaqueId)?.attempt;
    const here =
      message.attempts
        .find(({ attempt }) => attempt === number)
        ?.receipts.toSorted()
        .join(",") ?? "no attempt";
    const there = [...new Set(row.accepted.flatMap(({ receiptsAcknowledged }) => receiptsAcknowledged))].toSorted().join(",");
    if (here !== there) return `attempt ${number}: receipts there [${there}], here [${here}]`;
  }
  return null;
}

function repeatedAttempt(_message: LedgerMessage, rows: readonly TruthRow[]): string | null {
  const row = rows.find(({ requests }) => requests > 1);
  return row ? `${row.requests} requests of attempt ${readOpaqueId(row.opaqueId)?.attempt}` : null;
}
