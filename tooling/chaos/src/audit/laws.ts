import { readOpaqueId } from "../network/wire-log.ts";
import type { Evidence, Finding } from "./evidence.ts";

/** Between a request's first byte and our look at it lie two event loops of a busy machine. */
const toleranceMs = 30;
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

/**
 * When the requests of these campaigns began: where they left the worker, and at the latest by the end of their slots, for a request seen later
 * was seen late. `lateMs` is the most by which one was: a worker that begins after its slot would show there.
 */
export function beginsOf(
  { begins, ledger }: Evidence,
  campaignIds: ReadonlySet<string>,
): { readonly timesMs: number[]; readonly lateMs: number } {
  const sendBy = new Map<string, number>(
    ledger.flatMap(({ messages }) =>
      messages.flatMap(({ messageId, attempts }) => attempts.map((one) => [`${messageId}:${one.attempt}`, one.sendByMs] as const)),
    ),
  );
  const seen = begins
    .filter(({ campaignId }) => campaignIds.has(campaignId))
    .map(({ messageId, attempt, atMs }) => ({ atMs, byMs: sendBy.get(`${messageId}:${attempt}`) ?? atMs }));
  return {
    timesMs: seen.map(({ atMs, byMs }) => Math.min(atMs, byMs)),
    lateMs: Math.round(seen.reduce((most, { atMs, byMs }) => Math.max(most, atMs - byMs), 0)),
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
