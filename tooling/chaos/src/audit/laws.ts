import { type Begin, readOpaqueId } from "../network/wire-log.ts";
import type { Evidence, Finding } from "./evidence.ts";

/** Between a request's first byte and our look at it lie two event loops of a busy machine. */
const toleranceMs = 30;
/** From a worker's look at the clock to our sight of the bytes: two processes that wait for a core of a machine on which things are being killed. */
const begunToSeenMs = 100;
/** A grant that committed before the opt-out may begin its requests for one horizon and one slot's window: 150 + 15 ms. */
const grantedBeforeMs = 165;

/** Law L6: requests begun after an acknowledged pause or cancel and before a resume was asked for. */
export function afterStop({ begins, standstills }: Evidence): Finding[] {
  return begins.flatMap(({ campaignId, messageId, attempt, atMs }) => {
    const broken = standstills.find((one) => one.campaignId === campaignId && atMs > one.fromMs + toleranceMs && atMs < one.untilMs);
    if (!broken) return [];
    return [
      {
        campaignId,
        messageId,
        what: `attempt ${attempt} began ${Math.round(atMs - broken.fromMs)} ms after the ${broken.action} was acknowledged`,
      },
    ];
  });
}

/** Law L7: requests begun to somebody whose STOP was committed before. */
export function afterOptOut({ begins, optOuts, truth }: Evidence): Finding[] {
  if (optOuts.length === 0) return [];
  const phoneByMessage = new Map<string, string>();
  for (const { opaqueId, recipients } of truth) {
    const ref = readOpaqueId(opaqueId);
    if (ref && recipients[0]) phoneByMessage.set(ref.messageId, recipients[0]);
  }
  return begins.flatMap(({ campaignId, messageId, attempt, atMs }) => {
    const phone = phoneByMessage.get(messageId);
    const broken = optOuts.find((one) => one.phone === phone && atMs > one.fromMs + grantedBeforeMs + toleranceMs);
    if (!broken) return [];
    return [
      {
        campaignId,
        messageId,
        what: `attempt ${attempt} began ${Math.round(atMs - broken.fromMs)} ms after that person's STOP was committed`,
      },
    ];
  });
}

type Timed = Begin & { readonly byMs: number };

/** Requests beside the ends of their slots; one that no attempt explains is judged elsewhere and counts as on time. */
function timed({ begins, ledger }: Evidence): readonly Timed[] {
  const sendBy = new Map<string, number>(
    ledger.flatMap(({ messages }) =>
      messages.flatMap(({ messageId, attempts }) => attempts.map((one) => [`${messageId}:${one.attempt}`, one.sendByMs] as const)),
    ),
  );
  return begins.map((begin) => ({ ...begin, byMs: sendBy.get(`${begin.messageId}:${begin.attempt}`) ?? begin.atMs }));
}

/** Was this process itself later than that, it cannot tell when requests began. */
const longestOwnLagMs = 200;
export const isTimed = ({ ownLagMs }: Pick<Evidence, "ownLagMs">): boolean => ownLagMs <= longestOwnLagMs;

/** Law L2: requests begun after their `send_by`, by more than the way to our look at them and our own lag explain; none where that is too long to tell. */
export function lateBegins(evidence: Evidence): Finding[] {
  if (!isTimed(evidence)) return [];
  return timed(evidence)
    .filter(({ atMs, byMs }) => atMs > byMs + begunToSeenMs + evidence.ownLagMs)
    .map(({ campaignId, messageId, attempt, atMs, byMs }) => ({
      campaignId,
      messageId,
      what: `attempt ${attempt} began ${Math.round(atMs - byMs)} ms after its send_by`,
    }));
}

/**
 * When the requests of these campaigns began: where they left the worker, and at the latest by the end of their slots, for a request seen later
 * was seen late, or is found by `lateBegins`. `seenLateMs` is the most by which one was.
 */
export function beginsOf(
  evidence: Evidence,
  campaignIds: ReadonlySet<string>,
): { readonly timesMs: number[]; readonly seenLateMs: number } {
  const seen = timed(evidence).filter(({ campaignId }) => campaignIds.has(campaignId));
  return {
    timesMs: seen.map(({ atMs, byMs }) => Math.min(atMs, byMs)),
    seenLateMs: Math.round(seen.reduce((most, { atMs, byMs }) => Math.max(most, atMs - byMs), 0)),
  };
}

/** Law L5: the most requests in any second. */
export function mostInOneSecond(timesMs: readonly number[]): number {
  const sorted = timesMs.toSorted((one, other) => one - other);
  let most = 0;
  for (let last = 0, first = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
