/** Servers of the stack and processes of the product that are ended with kill -9 and started again. */
export const killKinds = [
  "kill-dispatch",
  "kill-workflows",
  "kill-background",
  "kill-temporal",
  "kill-postgres",
  "kill-redis",
  "kill-mongo",
  "kill-pusher",
  "kill-web",
] as const;

const links = ["postgres", "temporal", "simulator"] as const;
export type LinkName = (typeof links)[number];
/** What can happen to the line between the workers and what they call. */
export const breaks = ["cut", "half-open", "slow"] as const;
export type Break = (typeof breaks)[number];
export type NetworkKind = `${Break}-${LinkName}`;
export const networkKinds: readonly NetworkKind[] = links.flatMap((link) => breaks.map((how): NetworkKind => `${how}-${link}`));

/** What the provider does with a request. */
export const requestKinds = [
  "accept-then-cut",
  "accept-then-hang",
  "cut-before-accept",
  "hang-before-accept",
  "500-accepted",
  "500-dropped",
  "refuse-131056",
  "refuse-130429",
  "refuse-131000",
  "refuse-131049",
  "refuse-131026",
] as const;
/** What the provider does with its webhooks. */
export const webhookKinds = ["failed-webhook", "receipts-held", "duplicate-webhooks", "reordered-webhooks"] as const;
/** Clocks that lie: one worker's by five minutes, and a budget written by a clock an hour ahead. */
export const clockKinds = ["worker-clock-ahead", "budget-clock-ahead"] as const;
/** What people do meanwhile. */
export const peopleKinds = ["pause-resume", "rate-change", "cancel", "stop-word", "resend-unknown"] as const;

export type FaultKind =
  | (typeof killKinds)[number]
  | NetworkKind
  | (typeof requestKinds)[number]
  | (typeof webhookKinds)[number]
  | (typeof clockKinds)[number]
  | (typeof peopleKinds)[number];

export const faultKinds: readonly FaultKind[] = [
  ...killKinds,
  ...networkKinds,
  ...requestKinds,
  ...webhookKinds,
  ...clockKinds,
  ...peopleKinds,
];
