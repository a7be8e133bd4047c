import type { ControlFlag, MessageState } from "@herald/campaign";
import { type Receipt, receipts } from "@herald/provider";

/** What the ledger should be, in memory: the rules of a message's life said once more, in another language and without a database. */
export type Model = { readonly campaigns: readonly ModelCampaign[]; readonly optedOut: Set<string>; steps: number };
export type ModelCampaign = { readonly campaignId: string; readonly messages: readonly ModelMessage[]; epoch: number; flag: ControlFlag };
export type ModelMessage = {
  readonly messageId: string;
  readonly contactId: string;
  readonly attempts: ModelAttempt[];
  state: MessageState;
  receipt: Receipt | null;
  tries: number;
  /** An operator's decision that nothing came after yet. */
  isDecided: boolean;
};
export type ModelAttempt = {
  readonly number: number;
  readonly epoch: number;
  /** The request was written to the wire: from here on it may have been sent. */
  begun: boolean;
  /** The sender lost the answer of the grant and never knew of it. */
  lost: boolean;
  outcome: Outcome | null;
  receipt: Receipt | null;
  failed: boolean;
  /** An operator took it upon them that the message is sent again, whatever became of this attempt. */
  forgiven: boolean;
};
export type Outcome = "accepted" | "held" | "failed" | "deferred" | "unknown" | "queued";
export const maxTries = 3;

export const isDue = ({ state }: ModelMessage): boolean => state === "queued" || state === "deferred";
export const newestOf = ({ attempts }: ModelMessage): ModelAttempt | undefined => attempts.at(-1);

const rankOf = (receipt: Receipt | null): number => (receipt === null ? 0 : receipts.indexOf(receipt) + 1);
const furthest = (one: Receipt | null, other: Receipt | null): Receipt | null => (rankOf(one) >= rankOf(other) ? one : other);
const hasArrived = ({ receipt }: ModelAttempt): boolean => rankOf(receipt) >= rankOf("delivered");
const arrivalBesides = (message: ModelMessage, attempt: ModelAttempt): Receipt | null =>
  message.attempts
    .filter((other) => other !== attempt && hasArrived(other))
    .reduce<Receipt | null>((best, { receipt }) => furthest(best, receipt), null);

/** The newest attempt came to nothing, and the message stands by an earlier one that arrived: the row shows that one. */
const isAcceptedByAnother = (message: ModelMessage): boolean => {
  const newest = newestOf(message);
  const isDead =
    newest !== undefined && !hasArrived(newest) && (newest.failed || ["failed", "deferred", "queued"].includes(newest.outcome ?? ""));
  return message.state === "accepted" && isDead;
};

/** The operator's word holds until the newest attempt is known to have been accepted after all. */
const isForgiven = (message: ModelMessage, attempt: ModelAttempt): boolean =>
  attempt.forgiven && !(attempt === newestOf(message) && !attempt.failed && (attempt.outcome === "accepted" || attempt.outcome === "held"));

/** Law L3 and the promise, apart from the rules below: whether sending once more can reach a person twice, by all that is known. */
export const isSafeToSend = (message: ModelMessage): boolean =>
  message.attempts.every(
    (attempt) =>
      !hasArrived(attempt) &&
      (!attempt.begun || isForgiven(message, attempt) || attempt.failed || attempt.outcome === "failed" || attempt.outcome === "deferred"),
  );

export function grantOne(message: ModelMessage, epoch: number): void {
  message.attempts.push({
    number: message.attempts.length + 1,
    epoch,
    begun: false,
    lost: false,
    outcome: null,
    receipt: null,
    failed: false,
    forgiven: false,
  });
  message.state = "dispatching";
  message.receipt = null;
  message.isDecided = false;
}

/** Puts a message back, or ends it: unless another attempt of it is known to have arrived. */
function withdraw(message: ModelMessage, attempt: ModelAttempt, state: MessageState): void {
  const arrived = arrivalBesides(message, attempt);
  message.isDecided = false;
  message.state = arrived === null ? state : "accepted";
  message.receipt = arrived;
}

export function recordResult(campaign: ModelCampaign, message: ModelMessage, attempt: ModelAttempt, outcome: Outcome): void {
  attempt.outcome ??= outcome;
  const isSent = outcome === "accepted" || outcome === "held";
  const isLateAnswer = isSent && message.isDecided && (message.state === "queued" || message.state === "failed");
  if (attempt !== newestOf(message) || (message.state !== "dispatching" && message.state !== "unknown" && !isLateAnswer)) return;
  message.isDecided = false;
  message.tries += (outcome === "queued" ? 0 : 1) - (message.state === "unknown" ? 1 : 0);
  if (isSent || outcome === "unknown") message.state = outcome;
  else if (outcome !== "failed" && campaign.flag === "cancelled") withdraw(message, attempt, "skipped");
  else withdraw(message, attempt, outcome === "deferred" && message.tries >= maxTries ? "failed" : outcome);
}

export function mergeReceipt(campaign: ModelCampaign, message: ModelMessage, attempt: ModelAttempt, word: Receipt | "failed"): void {
  const knew = { arrived: hasArrived(attempt), failed: attempt.failed, rank: rankOf(attempt.receipt) };
  if (word === "failed") attempt.failed = true;
  else attempt.receipt = furthest(attempt.receipt, word);
  const isNewest = attempt === newestOf(message);
  const accept = () => {
    if (isNewest && message.state === "dispatching") message.tries += 1;
    message.state = "accepted";
    message.isDecided = false;
    message.receipt = furthest(message.receipt, attempt.receipt);
  };
  if (hasArrived(attempt)) {
    const canLearn = !knew.arrived || rankOf(attempt.receipt) > knew.rank;
    if (
      canLearn &&
      (isNewest || isDue(message) || message.state === "failed" || message.state === "skipped" || isAcceptedByAnother(message))
    )
      accept();
    return;
  }
  if (!isNewest || knew.failed) return;
  if (word !== "failed") {
    if (rankOf(attempt.receipt) > knew.rank || ["dispatching", "unknown", "held"].includes(message.state)) accept();
    return;
  }
  if (!["dispatching", "unknown", "held", "accepted"].includes(message.state)) return;
  if (message.state === "dispatching") message.tries += 1;
  withdraw(message, attempt, campaign.flag === "cancelled" || message.tries >= maxTries ? "failed" : "deferred");
}

export function recoverAll(campaign: ModelCampaign): void {
  for (const message of campaign.messages) {
    const newest = newestOf(message);
    if (message.state !== "dispatching" || newest === undefined || newest.epoch >= campaign.epoch) continue;
    message.state = "unknown";
    message.tries += 1;
    newest.outcome = "unknown";
  }
}

/** What the sender of this epoch does not hold goes back; it holds at least what it began. */
export function returnLostOf(campaign: ModelCampaign): void {
  for (const message of campaign.messages) {
    const newest = newestOf(message);
    if (message.state !== "dispatching" || newest === undefined || newest.epoch !== campaign.epoch || !newest.lost) continue;
    newest.outcome = "queued";
    withdraw(message, newest, "queued");
  }
}

/** What an operator may decide about: of one state, and nothing of it arrived. */
export const undecided = ({ messages }: ModelCampaign, state: "unknown" | "failed"): readonly ModelMessage[] =>
  messages.filter((message) => message.state === state && !message.attempts.some(hasArrived));

export function resendOne(message: ModelMessage): void {
  message.state = "queued";
  message.receipt = null;
  message.tries = 0;
  message.isDecided = true;
  for (const attempt of message.attempts) attempt.forgiven = true;
}
