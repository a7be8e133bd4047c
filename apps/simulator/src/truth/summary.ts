import type { LagMeter } from "../lag.ts";
import type { Simulation } from "../simulation.ts";

const sampleSize = 100;
const first = (values: ReadonlySet<string>): string[] => [...values].slice(0, sampleSize);

export type TruthSummary = ReturnType<typeof summarise>;

/** Answer of `GET /_truth/summary`: totals, what is still to come, and the auditor's own fitness (event-loop lag). */
export function summarise(simulation: Simulation, lag: LagMeter) {
  const { answers, queue, state } = simulation;
  const { truth } = state;
  const numbers = [...truth.numbers.values()];
  return {
    queueEmpty: simulation.isIdle,
    totals: { ...truth.totals, answersLost: answers.lost, aborted: answers.aborted },
    refusedByCode: Object.fromEntries(truth.refusedByCode),
    receipts: truth.receipts,
    failedByCode: Object.fromEntries(truth.failedByCode),
    replies: truth.replies,
    inbound: truth.inbound,
    notices: truth.notices,
    held: truth.held,
    opaqueIds: truth.opaqueIds,
    recipients: truth.recipients.length,
    acceptedMoreThanOnce: {
      recipients: truth.recipientsAcceptedAgain.size,
      opaqueIds: truth.opaqueIdsAcceptedAgain.size,
      recipientSample: first(truth.recipientsAcceptedAgain),
      opaqueIdSample: first(truth.opaqueIdsAcceptedAgain),
    },
    queue: { pendingAnswers: answers.pending, hangingAnswers: answers.hanging, ...queue.stats() },
    webhooks: { ...queue.counts, lastFailure: queue.lastFailure },
    maxRequestsPerSlidingSecond: Object.fromEntries(
      [...state.throughputs].map(([phoneNumberId, throughput]) => [phoneNumberId, throughput.maxRequestsPerSlidingSecond]),
    ),
    requestTimes: {
      firstAtMs: numbers.length === 0 ? null : Math.min(...numbers.map((each) => each.firstRequestAtMs)),
      lastAtMs: numbers.length === 0 ? null : Math.max(...numbers.map((each) => each.lastRequestAtMs)),
    },
    eventLoopLagMaxMs: lag.maxMs,
    simLoopLagMaxMs: lag.maxMs,
    startedAtMs: simulation.startedAtMs,
  };
}
