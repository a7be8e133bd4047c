import fc from "fast-check";
import { expect } from "vitest";
import { finalise, skipOpen } from "../support/engine.ts";
import { setFlag } from "../support/ledger.ts";
import { overflowRead, resend, writeOff } from "../support/operator.ts";
import { inboxStep, killStep, paceStep, passStep, reviveStep, type Switch, windowStep, wordStep } from "./circumstances.ts";
import { cureOne } from "./evidence.ts";
import { finaliseOne, isFinal, isOpen, type ModelCampaign, move, resendOne, undecided } from "./model.ts";
import { type Command, pick, step } from "./step.ts";

/** What operators decide, and the proportions of all that comes from outside the engine. */

const controlStep = (which: number, flag: "running" | "paused"): Command =>
  step(
    `control(${which}, ${flag})`,
    (model) => mayBeControlled(pick(model.campaigns, which)) && pick(model.campaigns, which).flag !== flag,
    async (model, { owner }) => {
      const campaign = pick(model.campaigns, which);
      campaign.flag = flag;
      campaign.controlSeq += 1;
      await setFlag(owner, campaign.campaignId, flag);
    },
  );
const mayBeControlled = (campaign: ModelCampaign): boolean => campaign.flag !== "cancelled" && !isFinal(campaign);

const leaveOut = (campaign: ModelCampaign): void => {
  for (const message of campaign.messages.filter(isOpen)) move(message, "skipped");
};
const endStep = (which: number, reason: "cancelled" | "expired"): Command =>
  step(
    `${reason}(${which})`,
    (model) => mayBeControlled(pick(model.campaigns, which)),
    async (model, { engine, owner, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      if (reason === "cancelled") {
        campaign.flag = "cancelled";
        campaign.controlSeq += 1;
        await setFlag(owner, campaign.campaignId, "cancelled");
      } else await owner.query("update campaign_history set expires_at = clock_timestamp() where id = $1", [campaign.campaignId]);
      await skipOpen(engine, workspaceId, campaign.campaignId, reason);
      leaveOut(campaign);
    },
  );

const finaliseStep = (which: number): Command =>
  step(
    `finalise(${which})`,
    (model) => !isFinal(pick(model.campaigns, which)) && pick(model.campaigns, which).messages.filter(isOpen).length < 2,
    async (model, { engine, workspaceId }) => {
      const campaign = pick(model.campaigns, which);
      finaliseOne(campaign);
      if (!campaign.hasLane) campaign.ceiling = campaign.ceiling && { ...campaign.ceiling, sinceS: model.clockS, granted: 0 };
      expect(await finalise(engine, workspaceId, campaign.campaignId)).toBe(campaign.status);
    },
  );

const resendStep = (which: number, what: "unknown" | "failed", isUnread: boolean): Command =>
  step(
    `resend(${which}, ${what}${isUnread ? ", unread" : ""})`,
    (model) => undecided(pick(model.campaigns, which), what).length > 0,
    async (model, { verbs, engine, acting }) => {
      const campaign = pick(model.campaigns, which);
      const isOpenToIt = campaign.flag !== "cancelled" && campaign.status !== "cancelled" && !isUnread;
      const chosen = isOpenToIt ? undecided(campaign, what) : [];
      await overflowRead(engine, isUnread ? 1 : 0);
      const { moved, is_overflow_unread, run_no } = await resend(verbs, acting, campaign.campaignId, { what });
      expect([moved, is_overflow_unread], "nothing moves while results may wait unread").toEqual([chosen.length, isUnread]);
      for (const message of chosen) resendOne(model, message);
      if (chosen.length === 0) return;
      campaign.controlSeq += 1;
      if (isFinal(campaign)) {
        campaign.status = "queued";
        campaign.flag = "running";
        campaign.runNo += 1;
      }
      expect(run_no).toBe(campaign.runNo);
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
      if (!isFinal(campaign)) campaign.controlSeq += 1;
      for (const message of chosen) {
        // written off is not known to be unsent: its places stay taken
        const { mayHoldCap, placeUntilS } = message;
        move(message, "failed");
        Object.assign(message, { mayHoldCap, placeUntilS, isDecided: true });
      }
    },
  );

const cureStep = (index: number): Command =>
  step(
    `cure(${index})`,
    ({ blocked }) => blocked.size > 0,
    async (model, { engine, owner, workspaceId }) => {
      const scopeId = pick([...model.blocked], index);
      const { rows } = await owner.query("select id from blocks where scope_id = $1 and cured_at is null", [scopeId]);
      expect(rows, "a refusal that reaches further opens one block").toHaveLength(1);
      const { rows: cured } = await engine.query<{ n: number }>("select herald.cure_block($1, $2) as n", [workspaceId, rows[0]?.id]);
      expect(cured[0]?.n, "the cure makes due what the block held").toBe(cureOne(model, scopeId));
    },
  );

const which = fc.nat({ max: 2 });
const anyIndex = fc.nat({ max: 40 });

/** What ends messages or stops everything comes seldom, and what starts it again often, else there is little left to go wrong. */
export const peopleSteps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Command> }[] = [
  { weight: 3, arbitrary: fc.constantFrom(1000, 1000, 4000, 90_000).map(passStep) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(which, fc.constantFrom<"unknown" | "failed">("unknown", "failed"), fc.constantFrom(false, false, false, true))
      .map((args) => resendStep(...args)),
  },
  { weight: 1, arbitrary: which.map(writeOffStep) },
  { weight: 6, arbitrary: anyIndex.map(cureStep) },
  { weight: 2, arbitrary: which.map(finaliseStep) },
  {
    weight: 2,
    arbitrary: fc.tuple(which, fc.constantFrom<"running" | "paused">("running", "running", "paused")).map((args) => controlStep(...args)),
  },
  { weight: 1, arbitrary: fc.constantFrom<Switch>("number", "workspace", "deployment").map(killStep) },
  { weight: 5, arbitrary: fc.constant(reviveStep) },
  {
    weight: 1,
    arbitrary: fc.tuple(which, fc.constantFrom(0.5, 1, 4), fc.constantFrom(null, null, 0.001)).map((args) => paceStep(...args)),
  },
  { weight: 1, arbitrary: fc.constantFrom(true, false, false, false).map(inboxStep) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyIndex, fc.constantFrom(true, false, false), fc.constantFrom(1000, 1000, 0, -500))
      .map((args) => wordStep(...args)),
  },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 1 }), anyIndex).map((args) => windowStep(...args)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(which, fc.constantFrom<"cancelled" | "expired">("cancelled", "expired"), fc.nat({ max: 5 }))
      .map(([index, reason, luck]) => (luck === 0 ? endStep(index, reason) : controlStep(index, "running"))),
  },
];
