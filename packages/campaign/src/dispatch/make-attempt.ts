import type { Clock } from "@herald/kernel";
import type { MessageProvider, NotStarted, OutgoingMessage, Refused } from "@herald/provider";
import type { EngineLog } from "../engine-log.ts";
import type { AttemptResult, OpaqueIds, Settlement } from "../ledger/ledger.ts";
import { type NotPrepared, outageWaitMs, settleOutcome } from "../provider/settle-outcome.ts";
import { type GrantedMessage, slotWindowMs } from "./gate.ts";
import type { Lane } from "./lane.ts";

export type AttemptDeps = {
  readonly provider: MessageProvider;
  readonly opaqueIds: OpaqueIds;
  readonly clock: Clock;
  readonly log: EngineLog;
};
type Prepared = { readonly kind: "ready"; readonly outgoing: OutgoingMessage } | Refused | NotStarted | NotPrepared;

const tooLate: NotStarted = { kind: "not_started", cause: "too_late" };
const notPrepared: NotPrepared = { kind: "not_started", cause: "not_prepared" };
/** A defect of the freeze: nothing is guessed, and nothing is sent. */
const parametersMissing: Refused = {
  kind: "refused",
  class: "ROW",
  code: null,
  detail: "its frozen parameters are missing",
  retryAfterMs: null,
  maxAttempts: 1,
};

/**
 * One attempt from its slot to its result; never rejects. `slotMs` is monotonic; the request begins in [slot, slot + 15 ms] or never (laws L2, L5).
 * What goes wrong before the adapter was called gives the message back; what goes wrong after it leaves the outcome unknown (law L3).
 */
export async function makeAttempt(deps: AttemptDeps, lane: Lane, message: GrantedMessage, slotMs: number): Promise<AttemptResult> {
  const { clock } = deps;
  const notAfterMs = slotMs + slotWindowMs;
  const prepared = await prepare(deps, lane, message, notAfterMs);
  if (prepared.kind !== "ready") return unbegun(lane, message, prepared);
  for (let earlyMs = slotMs - clock.monotonicMs(); earlyMs > 0; earlyMs = slotMs - clock.monotonicMs()) await clock.sleep(earlyMs);
  const begunMs = clock.monotonicMs();
  if (begunMs > notAfterMs) return unbegun(lane, message, tooLate);
  const settlement = await sendOnce(deps, lane, message, prepared.outgoing, notAfterMs);
  const latencyMs = settlement.state === "queued" ? null : clock.monotonicMs() - begunMs;
  return { messageId: message.messageId, attempt: message.attempt, campaignId: lane.campaignId, latencyMs, settlement };
}

/** The result of an attempt whose request was never made. */
export const unbegun = (lane: Lane, message: GrantedMessage, why: Refused | NotStarted | NotPrepared): AttemptResult => ({
  messageId: message.messageId,
  attempt: message.attempt,
  campaignId: lane.campaignId,
  latencyMs: null,
  settlement: settleOutcome(why),
});

async function prepare(deps: AttemptDeps, lane: Lane, message: GrantedMessage, notAfterMs: number): Promise<Prepared> {
  try {
    // a store that hangs must not hold the attempt longer than its slot does
    const entry = await Promise.race([
      lane.chunks.entry(message.chunkNo, message.entryNo),
      deps.clock.sleep(Math.max(0, notAfterMs - deps.clock.monotonicMs())).then(() => "too_late" as const),
    ]);
    if (entry === "too_late") return tooLate;
    if (entry === null) return parametersMissing;
    const { messageId, attempt } = message;
    const opaqueId = deps.opaqueIds.encode({ campaignId: lane.campaignId, messageId, attempt });
    return { kind: "ready", outgoing: { to: entry.to, template: lane.template, parameters: entry.parameters, opaqueId } };
  } catch (error) {
    deps.log.warn("attempt.not_prepared", { campaignId: lane.campaignId, messageId: message.messageId, error });
    // an outage of the store must not burn slot after slot; the number's other campaigns may be readable
    lane.notBeforeMs = deps.clock.monotonicMs() + outageWaitMs;
    lane.askAgainAtMs = Math.max(lane.askAgainAtMs, lane.notBeforeMs);
    return notPrepared;
  }
}

async function sendOnce(
  deps: AttemptDeps,
  lane: Lane,
  message: GrantedMessage,
  outgoing: OutgoingMessage,
  notAfterMs: number,
): Promise<Settlement> {
  try {
    return settleOutcome(await deps.provider.send(lane.account, outgoing, { notAfterMs }));
  } catch (error) {
    deps.log.warn("attempt.broke", { campaignId: lane.campaignId, messageId: message.messageId, error });
    // an adapter that throws has told nothing: the safe reading is that the request was made
    return settleOutcome({ kind: "ambiguous", cause: "connection_lost", detail: "the adapter failed" });
  }
}
