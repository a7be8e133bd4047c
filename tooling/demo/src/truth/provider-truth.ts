import type { TruthRow } from "../clients/simulator.ts";

/** One attempt as the provider saw it, down to what a comparison asks. */
export type AttemptTruth = {
  readonly requests: number;
  readonly accepted: number;
  readonly refused: number;
  /** Acknowledged by us, in the order of the alphabet, with commas between. */
  readonly receipts: string;
};
/** One campaign as the provider saw it. */
export type ProviderTruth = {
  /** By `<message>:<attempt>`; whoever compares takes out what it has found. */
  readonly byAttempt: Map<string, AttemptTruth>;
  readonly accepted: number;
  readonly refused: number;
  /** Replies that we acknowledged. */
  readonly replies: number;
};

/** Reads page by page and keeps one reference per attempt: a million attempts differ in few ways, so equal ones are one object. */
export async function readTruth(
  pages: AsyncIterable<readonly TruthRow[]> | Iterable<readonly TruthRow[]>,
  campaignId: string,
): Promise<ProviderTruth> {
  const byAttempt = new Map<string, AttemptTruth>();
  const kinds = new Map<string, AttemptTruth>();
  let [accepted, refused, replies] = [0, 0, 0];
  for await (const page of pages)
    for (const row of page) {
      const ref = attemptOf(row.opaqueId);
      if (ref?.campaignId !== campaignId) continue;
      const receipts = [...new Set(row.accepted[0]?.receiptsAcknowledged)].toSorted().join(",");
      const seen = { requests: row.requests, accepted: row.accepted.length, refused: row.refused.length, receipts };
      const kind = Object.values(seen).join(" ");
      const known = kinds.get(kind) ?? seen;
      kinds.set(kind, known);
      byAttempt.set(`${ref.messageId}:${ref.attempt}`, known);
      accepted += row.accepted.length;
      refused += row.refused.length;
      replies += row.accepted.reduce((sum, { repliesAcknowledged }) => sum + repliesAcknowledged, 0);
    }
  return { byAttempt, accepted, refused, replies };
}

/** `v1.<campaign>.<message>.<attempt>.<mac>` */
function attemptOf(opaqueId: string | null): { campaignId: string; messageId: string; attempt: string } | null {
  const [version, campaignId, messageId, attempt] = (opaqueId ?? "").split(".");
  return version === "v1" && campaignId && messageId && attempt ? { campaignId, messageId, attempt } : null;
}
