import { expect } from "vitest";
import { type GrantedLane, slotsOf } from "../support/engine.ts";
import type { Seen, SeenCampaign } from "./look.ts";
import {
  dayS,
  grantOne,
  isDue,
  isSafeToSend,
  type Model,
  type ModelCampaign,
  type ModelMessage,
  type ModelNumber,
  mayHaveReached,
  move,
} from "./model.ts";

/** What the gate may answer, law by law. Which of several due messages it takes is its own affair. */

export type Asked = { readonly campaign: ModelCampaign; readonly want: number; readonly isStale: boolean };

/** A probe is due 5 s after the breaker opened; when the machine was slow nobody can tell. */
const surelyShutMs = 3000;
const window = 0.015;
const isProbing = ({ openedAt }: ModelNumber): boolean => openedAt !== null;
const isShut = ({ clockS }: Model, { openedAt, probed }: ModelNumber): boolean =>
  openedAt !== null && probed.clockS === clockS && performance.now() - probed.machineMs < surelyShutMs;

/** Laws L4 and L6, and what else holds a lane back: while one of them is true it gets nothing, and is told one of them. */
function refusalsOf(model: Model, { campaign, isStale }: Asked): readonly string[] {
  const { number, flag, templateId, isMarketing } = campaign;
  const isKilled = ["workspace", "deployment", number.senderId].some((name) => model.killed.has(name));
  const isBlocked = [number.senderId, number.sourceId, templateId].some((id) => model.blocked.has(id));
  return [
    ...(isStale || !campaign.hasLane ? ["stale"] : []),
    ...(flag === "running" ? [] : [flag]),
    ...(isKilled ? ["killed"] : []),
    ...(isBlocked ? ["blocked"] : []),
    ...(isMarketing && model.isInboxBehind ? ["inbox_behind"] : []),
    ...(number.restUntilS > model.clockS ? ["resting"] : []),
    ...(isShut(model, number) ? ["breaker_open"] : []),
  ];
}

export function judge(model: Model, number: ModelNumber, asked: readonly Asked[], lanes: readonly GrantedLane[], seen: Seen): void {
  const answers = asked.map((one, index) => {
    const lane = lanes[index];
    const found = seen.campaigns.find(({ id }) => id === one.campaign.campaignId);
    if (lane === undefined || found === undefined) throw new Error("the gate answers every lane");
    expect(lane.campaign_id).toBe(one.campaign.campaignId);
    return { ...one, lane, found, refusals: refusalsOf(model, one), due: one.campaign.messages.filter((m) => isDue(m, model.clockS)) };
  });
  for (const { lane, refusals } of answers.filter((answer) => answer.refusals.length > 0)) {
    expect([lane.message_ids.length, lane.skipped], `law L4, law L6: ${refusals.join()}`).toEqual([0, 0]);
    expect([...refusals, ...(model.options.isPaced ? ["pace"] : [])], "it is told why").toContain(lane.reason);
  }
  keepBudget(number, lanes);
  const granted = answers.flatMap(({ lane, campaign }) =>
    slotsOf(lane).map((slot, index) => ({ slot, campaign, messageId: lane.message_ids[index] ?? "" })),
  );
  for (const { campaign, messageId } of granted.toSorted((one, other) => one.slot - other.slot)) judgeMessage(model, campaign, messageId);
  if (granted.length > 0 && isProbing(number)) {
    expect(granted, "an open breaker lets one message try").toHaveLength(1);
    number.probed = { clockS: model.clockS, machineMs: performance.now() };
  }
  keepPriority(lanes, asked);
  for (const answer of answers.filter(({ refusals }) => refusals.length === 0)) judgeRest(model, number, answer, lanes, seen);
}

/** Law L5, at its worst: the first request of a second begins as late as it may, the last one as early. */
function keepBudget(number: ModelNumber, lanes: readonly GrantedLane[]): void {
  const slots = [...number.slots, ...lanes.flatMap(slotsOf)].toSorted((one, other) => one - other);
  const overflow = slots.findIndex((slot, index) => {
    const first = slots[index - number.capPerSecond];
    return first !== undefined && slot - (first + window) < 1;
  });
  expect(overflow, "law L5: more than the cap may begin within one second").toBe(-1);
  number.slots = slots.slice(-number.capPerSecond);
}

function keepPriority(lanes: readonly GrantedLane[], asked: readonly Asked[]): void {
  const first = lanes.find((lane, index) => asked[index]?.campaign.isPriority && lane.message_ids.length > 0);
  if (first === undefined) return;
  for (const lane of lanes.filter((one) => one !== first && one.message_ids.length > 0))
    expect(lane.first_ms, "a test send goes first").toBeGreaterThan(first.first_ms);
}

function judgeMessage(model: Model, campaign: ModelCampaign, messageId: string): void {
  const message = campaign.messages.find((one) => one.messageId === messageId && isDue(one, model.clockS));
  if (message === undefined) throw new Error(`message ${messageId} was handed out and was not due`);
  expect(isSafeToSend(message), "law L3: nothing is sent again that may have been sent").toBe(true);
  expect(campaign.isMarketing && isStopped(model, message), "law L7: an opt-out is honoured").toBe(false);
  expect(isCapped(model, campaign) && reachedByOther(model, message), "law L7: the frequency cap").toBe(false);
  const { portfolioLimit } = model.options;
  const hasWindow = (model.windows.get(`${campaign.number.senderId} ${message.contactId}`) ?? 0) > model.clockS;
  const until = message.placeUntilS;
  grantOne(model, message, campaign.epoch);
  message.mayHoldCap = isCapped(model, campaign);
  message.placeUntilS = hasWindow ? until : model.clockS + 2 * dayS;
  // who is heard of late has a place whether one was free or not: beside these we never fill it
  const beside = [...reached(model)].filter((contactId) => !messagesTo(model, contactId).some(({ isHeardLate }) => isHeardLate));
  if (portfolioLimit !== null) expect(beside.length, "the portfolio's limit").toBeLessThanOrEqual(portfolioLimit);
  if (campaign.ceiling !== null) {
    campaign.ceiling.granted += 1;
    const { perSecond, sinceS, granted } = campaign.ceiling;
    // a minute for what the machine takes
    const most = Math.floor((model.clockS - sinceS + campaign.number.horizonS + 60) * perSecond) + 1;
    expect(granted, "a campaign's own ceiling").toBeLessThanOrEqual(most);
  }
}

const messagesTo = ({ campaigns }: Model, contactId: string): readonly ModelMessage[] =>
  campaigns.flatMap(({ messages }) => messages).filter((message) => message.contactId === contactId);
const isStopped = ({ words }: Model, { contactId }: ModelMessage): boolean => words.get(contactId)?.isStop ?? false;
const isCapped = ({ options }: Model, { isMarketing }: ModelCampaign): boolean => options.isCapped && isMarketing;
const othersOf = (model: Model, message: ModelMessage): readonly ModelMessage[] =>
  model.campaigns
    .filter((campaign) => isCapped(model, campaign))
    .flatMap(({ messages }) => messages.filter((other) => other !== message && other.contactId === message.contactId));
const isRecent = (model: Model, { atS }: { readonly atS: number }): boolean => atS > model.clockS - dayS;
const reachedByOther = (model: Model, message: ModelMessage): boolean =>
  othersOf(model, message).some(({ attempts }) => attempts.some((attempt) => mayHaveReached(attempt) && isRecent(model, attempt)));

/** People who hold a place: they may have been reached, outside a window, and are not heard of for less than 48 h, or had it for less than 24. */
const reached = (model: Model): ReadonlySet<string> =>
  new Set(
    model.campaigns.flatMap(({ messages }) =>
      messages
        .filter((message) => message.placeUntilS > model.clockS && message.attempts.some(mayHaveReached))
        .map(({ contactId }) => contactId),
    ),
  );

type Answered = Asked & { readonly lane: GrantedLane; readonly found: SeenCampaign; readonly due: readonly ModelMessage[] };

/** What was skipped has a reason that is true, and what was left alone could not be granted. */
function judgeRest(
  model: Model,
  number: ModelNumber,
  { campaign, want, lane, found, due }: Answered,
  lanes: readonly GrantedLane[],
  seen: Seen,
): void {
  const reasons = new Map(found.messages.filter(({ state }) => state === "skipped").map(({ id, reason }) => [id, reason]));
  const skipped = due.filter((message) => isDue(message, model.clockS) && reasons.has(message.messageId));
  expect(skipped).toHaveLength(lane.skipped);
  for (const message of skipped) {
    const reason = reasons.get(message.messageId);
    const isTrue =
      reason === "frequency_cap"
        ? isCapped(model, campaign) &&
          othersOf(model, message).some((other) => other.mayHoldCap && other.attempts.some((attempt) => isRecent(model, attempt)))
        : reason === "opted_out" && campaign.isMarketing && isStopped(model, message);
    expect(isTrue, `skipped(${reason}) is true`).toBe(true);
    // what it held under the cap for an earlier try runs out by itself
    const { mayHoldCap } = message;
    move(message, "skipped");
    message.mayHoldCap = mayHoldCap;
  }
  const wanted = Math.min(want, due.length);
  const got = lane.message_ids.length + lane.skipped;
  expect(got).toBeLessThanOrEqual(wanted);
  // whoever the frequency cap left out was offered a place as well, and others get it with the next grant
  const offered = (seen.reserved ?? 0) + lanes.reduce((sum, one) => sum + one.skipped, 0);
  const isFull = model.options.portfolioLimit !== null && offered >= model.options.portfolioLimit;
  if (got < wanted && !model.options.isPaced && campaign.ceiling === null && !isProbing(number))
    expect(isFull, `${wanted - got} due messages were left alone: ${lane.reason}`).toBe(true);
}
