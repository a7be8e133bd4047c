import type { Receipt } from "@herald/provider";
import fc from "fast-check";
import { expect } from "vitest";
import { grant, merge, receipt, record, recover, result, returnLost, takeOver } from "../support/engine.ts";
import { type AnswerName, answers } from "./answers.ts";
import { mergeReceipt, recordResult, recoverAll, returnLostOf } from "./evidence.ts";
import { judge } from "./gate.ts";
import { isFinal, type ModelMessage, newestOf, type Spot } from "./model.ts";
import { attemptsOf, type Command, canBegin, handedOf, pick, step } from "./step.ts";

/** What the engine does by itself: grants, requests, results, receipts, take-overs, recoveries. */

const grantStep = (which: number, wants: readonly [number, number], isStale: boolean): Command =>
  step(
    `grant(${which}, ${wants.join()}${isStale ? ", stale" : ""})`,
    () => true,
    async (model, { engine, workspaceId }) => {
      const number = pick(model.numbers, which);
      const asked = model.campaigns
        .filter((campaign) => campaign.number === number)
        .map((campaign, index) => ({ campaign, want: wants[index] ?? 1, isStale: isStale && index === 0 }))
        .filter(({ want }) => want > 0);
      if (asked.length === 0) return;
      const lanes = await grant(engine, {
        workspaceId,
        senderId: number.senderId,
        lanes: asked.map(({ campaign, want, isStale: stale }) => ({
          campaignId: campaign.campaignId,
          epoch: campaign.epoch - (stale ? 1 : 0),
          want,
        })),
        horizon: number.horizonS,
      });
      return (seen) => judge(model, number, asked, lanes, seen);
    },
  );

const beginStep = (index: number, howMany: number): Command =>
  step(
    `begin(${index}, ${howMany})`,
    (model) => attemptsOf(model, canBegin).length > 0,
    async (model) => {
      const ready = attemptsOf(model, canBegin);
      const begun = Array.from({ length: Math.min(howMany, ready.length) }, (_, nth) => pick(ready, index + nth));
      return (seen) => {
        for (const { message, attempt } of begun) {
          const rows = seen.campaigns.flatMap(({ attempts }) => attempts).filter(([id]) => id === message.messageId);
          expect(rows.at(-1)?.slice(1, 4), "law L2: the intent is there before the request").toEqual([attempt.number, attempt.epoch, null]);
          attempt.begun = true;
        }
      };
    },
  );

/** Also a second time, also long after: a flush is repeated, a zombie reports late. */
const resultStep = (index: number, name: AnswerName, isAgain: boolean): Command => {
  const isMeant = ({ attempt }: Spot): boolean => !attempt.lost && (attempt.answer !== null) === isAgain;
  return step(
    `result(${index}, ${name}${isAgain ? ", again" : ""})`,
    (model) => attemptsOf(model, isMeant).length > 0,
    async (model, { engine, workspaceId }) => {
      const spot = pick(attemptsOf(model, isMeant), index);
      const { attempt } = spot;
      // what is known later replaces that nothing was known
      if (attempt.answer === null || attempt.answer === answers.unknown) attempt.answer = answers[name];
      const answer = attempt.begun ? attempt.answer : null;
      await record(engine, workspaceId, [result(handedOf(spot), answer?.state ?? "queued", answer?.json ?? {})]);
      recordResult(model, spot, answer);
      // a request that was reported as never begun will not begin
      if (answer === null) attempt.lost = true;
    },
  );
};

const failures = ["soon", "later", "failed", "numberRefused", "tokenRefused", "tooFast", "rest"] as const satisfies readonly AnswerName[];
const webhookStep = (index: number, word: Receipt | "failed", failure: (typeof failures)[number]): Command => {
  const isMeant = ({ attempt }: Spot): boolean => attempt.begun;
  return step(
    `webhook(${index}, ${word}${word === "failed" ? `: ${failure}` : ""})`,
    (model) => attemptsOf(model, isMeant).length > 0,
    async (model, { engine, workspaceId }) => {
      const spot = pick(attemptsOf(model, isMeant), index);
      const { state, json } = answers[failure];
      await merge(engine, workspaceId, [receipt(handedOf(spot), word, word === "failed" ? { retryMs: null, ...json, state } : {})]);
      mergeReceipt(model, spot, word, answers[failure]);
    },
  );
};

const takeOverStep = (which: number): Command =>
  step(
    `takeOver(${which})`,
    (model) => !pick(model.campaigns, which).hasLane || pick(model.campaigns, which).messages.some(isUnderWay),
    async (model, { engine, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      campaign.epoch += 1;
      if (campaign.status === "queued" && campaign.flag === "running") campaign.status = "sending";
      if (!isFinal(campaign)) campaign.hasLane = true;
      expect(await takeOver(engine, workspaceId, campaign.campaignId)).toBe(campaign.epoch);
    },
  );

const isUnderWay = ({ state }: ModelMessage): boolean => state === "dispatching";
const recoverStep = (which: number): Command =>
  step(
    `recover(${which})`,
    (model) => pick(model.campaigns, which).messages.some(isUnderWay),
    async (model, { engine, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      await recover(engine, workspaceId, campaign.campaignId);
      if (campaign.status === "queued" && campaign.flag === "running" && campaign.hasLane) campaign.status = "sending";
      recoverAll(campaign);
    },
  );

const returnLostStep = (which: number): Command =>
  step(
    `returnLost(${which})`,
    (model) => pick(model.campaigns, which).messages.some(isUnderWay),
    async (model, { engine, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      const { campaignId, epoch, number } = campaign;
      const open = attemptsOf(
        { ...model, campaigns: [campaign] },
        (spot) => spot.attempt === newestOf(spot.message) && spot.message.state === "dispatching",
      );
      for (const spot of open) if (!spot.attempt.begun && spot.attempt.epoch === epoch) spot.attempt.lost = true;
      const held = open.filter(({ attempt }) => !attempt.lost).map(handedOf);
      await returnLost(engine, { workspaceId, senderId: number.senderId, campaignId, epoch, held });
      returnLostOf(model, campaign);
    },
  );

const which = fc.nat({ max: 2 });
const anyIndex = fc.nat({ max: 40 });
const want = fc.integer({ min: 0, max: 3 });
const answerName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<AnswerName>("accepted", "unknown", "soon") },
  { weight: 2, arbitrary: fc.constantFrom<AnswerName>("held", "failed", "later") },
  { weight: 1, arbitrary: fc.constantFrom<AnswerName>("tooFast", "rest", "numberRefused", "tokenRefused", "templateRefused") },
);
const word = fc.constantFrom<Receipt | "failed">("sent", "delivered", "read", "undelivered", "played", "failed", "failed");
const failure = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<(typeof failures)[number]>("soon", "failed") },
  { weight: 1, arbitrary: fc.constantFrom(...failures) },
);

/** In the proportions of a busy campaign. */
export const engineSteps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Command> }[] = [
  {
    weight: 10,
    arbitrary: fc
      .tuple(fc.constantFrom(0, 0, 1), fc.tuple(want, want), fc.constantFrom(false, false, false, false, false, true))
      .map((args) => grantStep(...args)),
  },
  { weight: 8, arbitrary: fc.tuple(anyIndex, fc.constantFrom(1, 1, 2, 6)).map((args) => beginStep(...args)) },
  {
    weight: 9,
    arbitrary: fc.tuple(anyIndex, answerName, fc.constantFrom(false, false, false, false, true)).map((args) => resultStep(...args)),
  },
  { weight: 6, arbitrary: fc.tuple(anyIndex, word, failure).map((args) => webhookStep(...args)) },
  { weight: 3, arbitrary: which.map(takeOverStep) },
  { weight: 4, arbitrary: which.map(recoverStep) },
  { weight: 2, arbitrary: which.map(returnLostStep) },
];
