import type { Receipt } from "@herald/provider";
import fc from "fast-check";
import { expect } from "vitest";
import { grant, merge, optOut, receipt, record, recover, result, returnLost, skipOpen, takeOver } from "../support/engine.ts";
import { messagesOf, setFlag } from "../support/ledger.ts";
import { overflowRead, resend, writeOff } from "../support/operator.ts";
import {
  grantOne,
  isDue,
  isSafeToSend,
  maxTries,
  mergeReceipt,
  newestOf,
  type Outcome,
  recordResult,
  recoverAll,
  resendOne,
  returnLostOf,
  undecided,
} from "./model.ts";
import { attemptsOf, type Command, canBegin, handedOf, pick, type Spot, step } from "./step.ts";

const grantStep = (which: number, want: number, isStale: boolean): Command =>
  step(
    `grant(${which}, ${want}${isStale ? ", stale" : ""})`,
    () => true,
    async (model, { engine, owner, workspaceId, senderId }) => {
      const campaign = pick(model.campaigns, which);
      const epoch = campaign.epoch - (isStale ? 1 : 0);
      const due = campaign.messages.filter(isDue);
      const [lane] = await grant(engine, { workspaceId, senderId, lanes: [{ campaignId: campaign.campaignId, epoch, want }] });
      const got = lane?.message_ids ?? [];
      if (isStale || campaign.flag !== "running") {
        expect([lane?.reason, got.length, lane?.skipped], "law L4, law L6").toEqual([isStale ? "stale" : campaign.flag, 0, 0]);
        return;
      }
      expect(got.length + (lane?.skipped ?? 0)).toBe(Math.min(want, due.length));
      for (const messageId of got) {
        const message = due.find((one) => one.messageId === messageId);
        if (message === undefined) throw new Error(`message ${messageId} was handed out and was not due`);
        expect(model.optedOut.has(message.contactId), "law L7").toBe(false);
        expect(isSafeToSend(message), "law L3: nothing is sent again that may have been sent").toBe(true);
        grantOne(message, epoch);
      }
      const skipped = new Set(
        (await messagesOf(owner, campaign.campaignId)).filter(({ state }) => state === "skipped").map(({ id }) => id),
      );
      const left = due.filter((message) => isDue(message) && skipped.has(message.messageId));
      expect(left.length).toBe(lane?.skipped);
      for (const message of left) {
        expect(model.optedOut.has(message.contactId), "skipped without a reason").toBe(true);
        message.state = "skipped";
        message.receipt = null;
      }
    },
  );

const beginStep = (index: number): Command =>
  step(
    `begin(${index})`,
    (model) => attemptsOf(model, canBegin).length > 0,
    async (model, { owner }) => {
      const spot = pick(attemptsOf(model, canBegin), index);
      const { rows } = await owner.query("select epoch, outcome from campaign_attempts where message_id = $1 and attempt = $2", [
        spot.message.messageId,
        spot.attempt.number,
      ]);
      expect(rows, "law L2: the intent is there before the request").toEqual([{ epoch: spot.attempt.epoch, outcome: null }]);
      spot.attempt.begun = true;
    },
  );

/** Also a second time, also long after: a flush is repeated, a zombie reports late. */
const resultStep = (index: number, begun: Outcome): Command => {
  const isMeant = ({ attempt }: Spot): boolean => !attempt.lost;
  return step(
    `result(${index}, ${begun})`,
    (model) => attemptsOf(model, isMeant).length > 0,
    async (model, { engine, workspaceId }) => {
      const spot = pick(attemptsOf(model, isMeant), index);
      const known = spot.attempt.outcome === "unknown" ? null : spot.attempt.outcome;
      const outcome = spot.attempt.begun ? (known ?? begun) : "queued";
      await record(engine, workspaceId, [result(handedOf(spot), outcome, { maxAttempts: maxTries })]);
      if (spot.attempt.outcome === "unknown") spot.attempt.outcome = null; // what is known later replaces it
      recordResult(spot.campaign, spot.message, spot.attempt, outcome);
      // a request that was reported as never begun will not begin
      if (outcome === "queued") spot.attempt.lost = true;
    },
  );
};

const webhookStep = (index: number, word: Receipt | "failed"): Command => {
  const isMeant = ({ attempt }: Spot): boolean => attempt.begun;
  return step(
    `webhook(${index}, ${word})`,
    (model) => attemptsOf(model, isMeant).length > 0,
    async (model, { engine, workspaceId }) => {
      const spot = pick(attemptsOf(model, isMeant), index);
      await merge(engine, workspaceId, [receipt(handedOf(spot), word, { maxAttempts: maxTries })]);
      mergeReceipt(spot.campaign, spot.message, spot.attempt, word);
    },
  );
};

const takeOverStep = (which: number): Command =>
  step(
    `takeOver(${which})`,
    () => true,
    async (model, { engine, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      campaign.epoch += 1;
      expect(await takeOver(engine, workspaceId, campaign.campaignId)).toBe(campaign.epoch);
    },
  );

const recoverStep = (which: number): Command =>
  step(
    `recover(${which})`,
    () => true,
    async (model, { engine, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      await recover(engine, workspaceId, campaign.campaignId);
      recoverAll(campaign);
    },
  );

const returnLostStep = (which: number): Command =>
  step(
    `returnLost(${which})`,
    () => true,
    async (model, { engine, workspaceId, senderId }) => {
      const campaign = pick(model.campaigns, which);
      const { campaignId, epoch } = campaign;
      const open = attemptsOf(
        { ...model, campaigns: [campaign] },
        (spot) => spot.attempt === newestOf(spot.message) && spot.message.state === "dispatching",
      );
      for (const spot of open) if (!spot.attempt.begun && spot.attempt.epoch === epoch) spot.attempt.lost = true;
      const held = open.filter(({ attempt }) => !attempt.lost).map(handedOf);
      await returnLost(engine, { workspaceId, senderId, campaignId, epoch, held });
      returnLostOf(campaign);
    },
  );

const controlStep = (which: number, flag: "running" | "paused"): Command =>
  step(
    `control(${which}, ${flag})`,
    (model) => pick(model.campaigns, which).flag !== "cancelled",
    async (model, { owner }) => {
      const campaign = pick(model.campaigns, which);
      campaign.flag = flag;
      await setFlag(owner, campaign.campaignId, flag);
    },
  );

const cancelStep = (which: number): Command =>
  step(
    `cancel(${which})`,
    () => true,
    async (model, { engine, owner, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      campaign.flag = "cancelled";
      await setFlag(owner, campaign.campaignId, "cancelled");
      await skipOpen(engine, workspaceId, campaign.campaignId, "cancelled");
      for (const message of campaign.messages.filter(isDue)) {
        message.state = "skipped";
        message.receipt = null;
      }
    },
  );

const resendStep = (which: number, what: "unknown" | "failed"): Command =>
  step(
    `resend(${which}, ${what})`,
    (model) => undecided(pick(model.campaigns, which), what).length > 0,
    async (model, { verbs, engine, acting }) => {
      const campaign = pick(model.campaigns, which);
      const chosen = campaign.flag === "cancelled" ? [] : undecided(campaign, what);
      await overflowRead(engine);
      expect((await resend(verbs, acting, campaign.campaignId, { what })).moved).toBe(chosen.length);
      chosen.forEach(resendOne);
    },
  );

const writeOffStep = (which: number): Command =>
  step(
    `writeOff(${which})`,
    (model) => undecided(pick(model.campaigns, which), "unknown").length > 0,
    async (model, { verbs, engine, acting }) => {
      const campaign = pick(model.campaigns, which);
      const chosen = undecided(campaign, "unknown");
      await overflowRead(engine);
      expect((await writeOff(verbs, acting, campaign.campaignId)).moved).toBe(chosen.length);
      for (const message of chosen) {
        message.state = "failed";
        message.isDecided = true;
      }
    },
  );

const optOutStep = (index: number): Command =>
  step(
    `optOut(${index})`,
    () => true,
    async (model, { engine, workspaceId }) => {
      const { contactId } = pick(pick(model.campaigns, 0).messages, index);
      await optOut(engine, workspaceId, contactId);
      model.optedOut.add(contactId);
    },
  );

const which = fc.nat({ max: 1 });
const anyIndex = fc.nat({ max: 30 });
const outcome = fc.constantFrom<Outcome>("accepted", "accepted", "held", "failed", "deferred", "unknown");
const word = fc.constantFrom<Receipt | "failed">("sent", "delivered", "read", "undelivered", "played", "failed", "failed");

/** Steps in the proportions of a busy campaign; an arbitrary that stands twice is drawn twice as often. */
export const steps: fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 3 }, () =>
    fc.tuple(which, fc.integer({ min: 1, max: 4 }), fc.constantFrom(false, false, false, true)).map((args) => grantStep(...args)),
  ),
  ...Array.from({ length: 3 }, () => anyIndex.map(beginStep)),
  ...Array.from({ length: 3 }, () => fc.tuple(anyIndex, outcome).map((args) => resultStep(...args))),
  ...Array.from({ length: 3 }, () => fc.tuple(anyIndex, word).map((args) => webhookStep(...args))),
  which.map(takeOverStep),
  which.map(recoverStep),
  which.map(returnLostStep),
  fc.tuple(which, fc.constantFrom<"unknown" | "failed">("unknown", "failed")).map((args) => resendStep(...args)),
  which.map(writeOffStep),
  fc.tuple(which, fc.constantFrom<"running" | "paused">("running", "running", "paused")).map((args) => controlStep(...args)),
  // what ends messages comes seldom, else there is little left to go wrong
  fc.nat({ max: 59 }).map((index) => (index < 2 ? cancelStep(index) : index < 8 ? optOutStep(index) : beginStep(index))),
];
