import type { SendingPace } from "../report/report-port.ts";

/** Of a number that nothing holds back. */
export const aPace = (change: Partial<SendingPace> = {}): SendingPace => ({
  isMarketing: true,
  weight: 1,
  maxPerSecond: null,
  capPerSecond: 80,
  planSource: "meta_default_throughput",
  planLevel: "STANDARD",
  planCheckedAtMs: null,
  planProblem: null,
  effectivePerSecond: 77.6,
  killedBy: null,
  isSlowed: false,
  restUntilMs: null,
  restCode: null,
  breakerOpenSinceMs: null,
  portfolio: null,
  isInboxBehind: false,
  ...change,
});
