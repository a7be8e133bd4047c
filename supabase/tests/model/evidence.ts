import type { Receipt } from "@herald/provider";
import type { Answer } from "./answers.ts";
import {
  dayS,
  furthest,
  hasArrived,
  isAcceptedByAnother,
  isFinal,
  isOpen,
  lift,
  type Model,
  type ModelCampaign,
  type ModelNumber,
  maxTries,
  move,
  newestOf,
  type Spot,
  withdraw,
} from "./model.ts";

/** The rules by which what is heard of a request moves its message. */

const breakerSpan = 50;
const blockingClasses: readonly unknown[] = ["NUMBER", "TOKEN", "TEMPLATE"];
const outcomeOf = (answer: Answer | null) => answer?.state ?? "queued";
const classOf = ({ json }: Answer): string | null => (typeof json["class"] === "string" ? json["class"] : null);
const blockIdOf = ({ number, templateId }: ModelCampaign, block: Answer["block"]): string | null =>
  block === null ? null : block === "number" ? number.senderId : block === "waba" ? number.sourceId : templateId;

/** What an answer says of its number: breaker and rest. */
function note({ clockS, steps }: Model, number: ModelNumber, answer: Answer, grantedAt: number): void {
  if (answer.pace === "rest") number.restUntilS = Math.max(number.restUntilS, clockS + (answer.retryS ?? 0));
  if (answer.pace !== null) return;
  if (number.openedAt === null) {
    number.recent = `${number.recent}${answer.isBad ? 1 : 0}`.slice(-breakerSpan);
    if (number.recent.replaceAll("0", "").length <= breakerSpan / 2) return;
    number.openedAt = steps;
    number.probed = { clockS, machineMs: performance.now() };
  } else if (!answer.isBad && grantedAt >= number.openedAt) {
    number.openedAt = null;
    number.recent = "";
  }
}

/** The sender's report of its request; null: it never began. Reported again, it changes nothing. */
export function recordResult(model: Model, { campaign, message, attempt }: Spot, answer: Answer | null): void {
  const outcome = outcomeOf(answer);
  const isNews = attempt.outcome === null || attempt.outcome === "unknown";
  const isSent = outcome === "accepted" || outcome === "held";
  const isLateAnswer = isSent && message.isDecided && !attempt.failed && (message.state === "queued" || message.state === "failed");
  const moves = attempt === newestOf(message) && (message.state === "dispatching" || message.state === "unknown" || isLateAnswer);
  const { number } = campaign;
  const isProbe = number.openedAt !== null && attempt.step >= number.openedAt;
  if (isNews) {
    attempt.outcome = outcome;
    if (answer !== null) attempt.class ??= classOf(answer);
  }
  if (moves) {
    const counts = answer !== null && answer.pace === null && !(outcome === "deferred" && isProbe);
    message.tries += (counts ? 1 : 0) - (message.state === "unknown" ? 1 : 0);
    const isLast = answer !== null && answer.block === null && message.tries >= maxTries;
    const retryS = answer === null ? 0 : answer.retryS;
    const dueS = retryS === null ? null : model.clockS + retryS;
    if (isSent || outcome === "unknown") move(message, outcome);
    else if (outcome === "failed") withdraw(message, attempt, "failed");
    else if (campaign.flag === "cancelled") withdraw(message, attempt, "skipped");
    else if (isFinal(campaign) || (outcome === "deferred" && isLast)) withdraw(message, attempt, "failed");
    else withdraw(message, attempt, outcome, dueS);
    const blockId = blockIdOf(campaign, answer?.block ?? null);
    if (blockId !== null) model.blocked.add(blockId);
  }
  lift(campaign);
  if (isNews && answer !== null) note(model, number, answer, attempt.step);
}

/** A receipt, or a failure that arrives by webhook. */
export function mergeReceipt(model: Model, { campaign, message, attempt }: Spot, word: Receipt | "failed", failure: Answer): void {
  const knew = { arrived: hasArrived(attempt), failed: attempt.failed, receipt: attempt.receipt };
  if (word !== "failed") attempt.receipt = furthest(attempt.receipt, word);
  else {
    attempt.failed = true;
    attempt.class ??= classOf(failure);
  }
  const isNewest = attempt === newestOf(message);
  const isLearnt = attempt.receipt !== knew.receipt;
  const accept = () => {
    if (isNewest && message.state === "dispatching") message.tries += 1;
    if (message.state === "failed" || message.state === "skipped") message.mayHoldCap = true;
    move(message, "accepted", null, furthest(message.state === "accepted" ? message.receipt : null, attempt.receipt));
  };
  if (hasArrived(attempt)) {
    if (!knew.arrived && message.placeUntilS > 0) {
      // its place had run out: it takes another
      if (message.placeUntilS <= model.clockS) message.isHeardLate = true;
      message.placeUntilS = model.clockS + dayS;
    }
    const counts = isNewest || isOpen(message) || message.state === "failed" || message.state === "skipped" || isAcceptedByAnother(message);
    if (isLearnt && counts) accept();
  } else if (isNewest && !knew.failed) {
    if (word !== "failed") {
      if (isLearnt || ["dispatching", "unknown", "held"].includes(message.state)) accept();
    } else if (["dispatching", "unknown", "held", "accepted"].includes(message.state)) fail(model, { campaign, message, attempt }, failure);
  }
  lift(campaign);
  if (word === "failed" && !knew.failed && !hasArrived(attempt) && classOf(failure) === "SOON")
    note(model, campaign.number, failure, attempt.step);
}

function fail(model: Model, { campaign, message, attempt }: Spot, { state, retryS, block, pace }: Answer): void {
  if (message.state === "dispatching") message.tries += 1;
  const isLast = block === null && pace === null && message.tries >= maxTries;
  if (state === "failed" || isFinal(campaign) || campaign.flag === "cancelled" || isLast) withdraw(message, attempt, "failed");
  else {
    withdraw(message, attempt, "deferred", retryS === null ? null : model.clockS + retryS);
    if (message.state === "deferred" && pace !== null) message.tries = Math.max(0, message.tries - 1);
  }
  const blockId = blockIdOf(campaign, block);
  if (blockId !== null) model.blocked.add(blockId);
}

export function recoverAll(campaign: ModelCampaign): void {
  for (const message of campaign.messages) {
    const newest = newestOf(message);
    if (message.state !== "dispatching" || newest === undefined || newest.epoch >= campaign.epoch) continue;
    move(message, "unknown");
    message.tries += 1;
    newest.outcome = "unknown";
  }
}

/** What the sender of this epoch does not hold goes back; it holds at least what it began. */
export function returnLostOf({ clockS }: Model, campaign: ModelCampaign): void {
  for (const message of campaign.messages) {
    const newest = newestOf(message);
    if (message.state !== "dispatching" || newest === undefined || newest.epoch !== campaign.epoch || !newest.lost) continue;
    newest.outcome = "queued";
    withdraw(message, newest, "queued", clockS);
  }
}

/** The messages that a cured block frees, where no other one holds the campaign; these campaigns are told. */
export function cureOne(model: Model, scopeId: string): number {
  const reached = model.campaigns.filter(({ number, templateId }) => {
    const path = [number.senderId, number.sourceId, templateId];
    return path.includes(scopeId) && !path.some((id) => id !== scopeId && model.blocked.has(id));
  });
  const freed = reached
    .filter(({ flag }) => flag !== "cancelled")
    .flatMap(({ messages }) => messages)
    .filter((message) => message.state === "deferred" && message.dueS === null && blockingClasses.includes(newestOf(message)?.class));
  for (const message of freed) message.dueS = model.clockS;
  for (const campaign of reached) if (!isFinal(campaign)) campaign.controlSeq += 1;
  model.blocked.delete(scopeId);
  return freed.length;
}
