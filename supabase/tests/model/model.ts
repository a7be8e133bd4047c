import type { CampaignStatus, ControlFlag, MessageState } from "@herald/campaign";
import { type Receipt, receipts } from "@herald/provider";
import type { Answer } from "./answers.ts";

/** What the ledger should be, in memory: the rules of a message's life said once more, in another language and without a database. */
export type Model = {
  readonly options: Options;
  readonly campaigns: readonly ModelCampaign[];
  readonly numbers: readonly ModelNumber[];
  /** Kill switches that are on: a number's id, `workspace`, `deployment`. */
  readonly killed: Set<string>;
  /** What is blocked: ids of numbers, accounts, templates. */
  readonly blocked: Set<string>;
  /** The newest word of each person about marketing. */
  readonly words: Map<string, { readonly atMs: number; readonly isStop: boolean }>;
  /** Until when a person's window with a number is open, by `<number> <person>`. */
  readonly windows: Map<string, number>;
  isInboxBehind: boolean;
  /** Time that was let pass, seconds; what the machine takes counts for nothing. */
  clockS: number;
  /** Grows with every step. */
  steps: number;
};
export type Options = {
  readonly isCapped: boolean;
  readonly portfolioLimit: number | null;
  /** How far the gate may grant ahead: without bound, or as in production with a slow number. */
  readonly isPaced: boolean;
  /** The number of the first two campaigns has a bad record already. */
  readonly isShaky: boolean;
  readonly isPriority: boolean;
};
export type ModelNumber = {
  readonly senderId: string;
  readonly sourceId: string;
  readonly capPerSecond: number;
  readonly horizonS: number;
  /** Slots of what was granted, database clock, seconds. */
  slots: number[];
  recent: string;
  /** The breaker is open since that step. */
  openedAt: number | null;
  /** It was opened, or probed, then: by our clock, and by the machine's. */
  probed: { readonly clockS: number; readonly machineMs: number };
  restUntilS: number;
};
export type ModelCampaign = {
  readonly campaignId: string;
  readonly templateId: string;
  readonly number: ModelNumber;
  readonly isMarketing: boolean;
  readonly isPriority: boolean;
  readonly messages: readonly ModelMessage[];
  /** What was frozen, as one hash (law L8). */
  readonly frozen: string;
  epoch: number;
  flag: ControlFlag;
  controlSeq: number;
  status: CampaignStatus;
  runNo: number;
  hasLane: boolean;
  /** Its own ceiling, and what it got since that was set. */
  ceiling: { readonly perSecond: number; readonly sinceS: number; granted: number } | null;
};
export type ModelMessage = {
  readonly messageId: string;
  readonly contactId: string;
  readonly attempts: ModelAttempt[];
  state: MessageState;
  receipt: Receipt | null;
  tries: number;
  /** Due from then on; null: not in the queue. */
  dueS: number | null;
  /** An operator's decision that nothing came after yet. */
  isDecided: boolean;
  /** May hold a place under the frequency cap, by all that happened to it. */
  mayHoldCap: boolean;
  /** Holds a place under the portfolio's limit until then. */
  placeUntilS: number;
  /** Known to have been sent after it had come to nothing, or after its place ran out: its person has a place again, whether one was free or not. */
  isHeardLate: boolean;
};
export type ModelAttempt = {
  readonly number: number;
  readonly epoch: number;
  readonly step: number;
  readonly atS: number;
  /** The request was written to the wire: from here on it may have been sent. */
  begun: boolean;
  /** The sender lost the answer of the grant and never knew of it. */
  lost: boolean;
  /** What the sender reported of it; it reports the same again. */
  answer: Answer | null;
  outcome: Outcome | null;
  class: string | null;
  receipt: Receipt | null;
  failed: boolean;
  /** An operator took it upon them that the message is sent again, whatever became of this attempt. */
  forgiven: boolean;
};
export type Outcome = "accepted" | "held" | "failed" | "deferred" | "unknown" | "queued";
export type Spot = { readonly campaign: ModelCampaign; readonly message: ModelMessage; readonly attempt: ModelAttempt };
export const maxTries = 3;
export const dayS = 86_400;

export const isOpen = ({ state }: ModelMessage): boolean => state === "queued" || state === "deferred";
export const isDue = ({ dueS }: ModelMessage, clockS: number): boolean => dueS !== null && dueS <= clockS;
export const isFinal = ({ status }: ModelCampaign): boolean => ["sent", "partially_sent", "failed", "cancelled"].includes(status);
export const newestOf = ({ attempts }: ModelMessage): ModelAttempt | undefined => attempts.at(-1);

const rankOf = (receipt: Receipt | null): number => (receipt === null ? 0 : receipts.indexOf(receipt) + 1);
export const furthest = (one: Receipt | null, other: Receipt | null): Receipt | null => (rankOf(one) >= rankOf(other) ? one : other);
export const hasArrived = ({ receipt }: ModelAttempt): boolean => rankOf(receipt) >= rankOf("delivered");
const arrivalBesides = (message: ModelMessage, attempt: ModelAttempt): Receipt | null =>
  message.attempts
    .filter((other) => other !== attempt && hasArrived(other))
    .reduce<Receipt | null>((best, { receipt }) => furthest(best, receipt), null);

const cameToNothing = ({ failed, outcome }: ModelAttempt): boolean => failed || ["failed", "deferred", "queued"].includes(outcome ?? "");
/** By what is known it may have reached its person, and no operator answered for it. */
export const mayHaveReached = (attempt: ModelAttempt): boolean => !cameToNothing(attempt) && !attempt.forgiven;

/** The newest attempt came to nothing, and the message stands by an earlier one that arrived: the row shows that one. */
export const isAcceptedByAnother = (message: ModelMessage): boolean => {
  const newest = newestOf(message);
  return message.state === "accepted" && newest !== undefined && !hasArrived(newest) && cameToNothing(newest);
};

/** The operator's word holds until the newest attempt is known to have been accepted after all. */
const isForgiven = (message: ModelMessage, attempt: ModelAttempt): boolean =>
  attempt.forgiven && !(attempt === newestOf(message) && !attempt.failed && (attempt.outcome === "accepted" || attempt.outcome === "held"));

/** Law L3 and the promise, apart from the rules of the ledger: whether sending once more can reach a person twice, by all that is known. */
export const isSafeToSend = (message: ModelMessage): boolean =>
  message.attempts.every(
    (attempt) =>
      !hasArrived(attempt) &&
      (!attempt.begun || isForgiven(message, attempt) || attempt.failed || attempt.outcome === "failed" || attempt.outcome === "deferred"),
  );

const cameBack: readonly MessageState[] = ["failed", "skipped", "deferred", "queued"];
/** Every move of a message goes through here. */
export function move(message: ModelMessage, state: MessageState, dueS: number | null = null, receipt: Receipt | null = null): void {
  if (state === "accepted" && cameBack.includes(message.state)) message.isHeardLate = true;
  message.state = state;
  message.dueS = dueS;
  message.receipt = receipt;
  message.isDecided = false;
  if (state === "failed" || state === "skipped") message.mayHoldCap = false;
  if (cameBack.includes(state)) message.placeUntilS = 0;
}

/** Puts a message back, or ends it: unless another attempt of it is known to have arrived. */
export function withdraw(message: ModelMessage, attempt: ModelAttempt, state: MessageState, dueS: number | null = null): void {
  const arrived = arrivalBesides(message, attempt);
  if (arrived === null) move(message, state, dueS);
  else move(message, "accepted", null, arrived);
}

export function grantOne({ clockS, steps }: Model, message: ModelMessage, epoch: number): void {
  message.attempts.push({
    number: message.attempts.length + 1,
    epoch,
    step: steps,
    atS: clockS,
    begun: false,
    lost: false,
    answer: null,
    outcome: null,
    class: null,
    receipt: null,
    failed: false,
    forgiven: false,
  });
  move(message, "dispatching");
}

/** What an operator may decide about: of one state, and nothing of it arrived. */
export const undecided = ({ messages }: ModelCampaign, state: "unknown" | "failed"): readonly ModelMessage[] =>
  messages.filter((message) => message.state === state && !message.attempts.some(hasArrived));

export function resendOne({ clockS }: Model, message: ModelMessage): void {
  move(message, "queued", clockS);
  message.tries = 0;
  message.isDecided = true;
  for (const attempt of message.attempts) attempt.forgiven = true;
}

const countOf = ({ messages }: ModelCampaign, ...states: readonly MessageState[]): number =>
  messages.filter(({ state }) => states.includes(state)).length;
function endOf(campaign: ModelCampaign): CampaignStatus {
  const [open, accepted] = [countOf(campaign, "unknown", "held"), countOf(campaign, "accepted")];
  if (open === 0 && accepted === 0) return "failed";
  return open === 0 && countOf(campaign, "failed") === 0 ? "sent" : "partially_sent";
}

export function finaliseOne(campaign: ModelCampaign): void {
  if (isFinal(campaign) || countOf(campaign, "queued", "deferred", "dispatching") > 0) return;
  campaign.status = campaign.flag === "cancelled" ? "cancelled" : endOf(campaign);
  campaign.hasLane = false;
}

/** What is heard after the end may lift a campaign, and never lowers it. */
export function lift(campaign: ModelCampaign): void {
  if (campaign.status !== "failed" && campaign.status !== "partially_sent") return;
  const end = endOf(campaign);
  if (end === "sent" || campaign.status === "failed") campaign.status = end;
}
