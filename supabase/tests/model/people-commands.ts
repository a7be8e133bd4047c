import fc from "fast-check";
import { expect } from "vitest";
import { finalise, skipOpen } from "../support/engine.ts";
import { setFlag } from "../support/ledger.ts";
import { overflowRead, resend, writeOff } from "../support/operator.ts";
import { cureOne } from "./evidence.ts";
import { finaliseOne, isFinal, isOpen, type Model, type ModelCampaign, move, resendOne, undecided } from "./model.ts";
import { type Command, pick, type Real, step } from "./step.ts";

/** What people do: operators, those who are written to, and the time that passes. */

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

type Switch = "number" | "workspace" | "deployment";
async function setKilled(model: Model, { owner, workspaceId }: Real, what: Switch, isOn: boolean): Promise<void> {
  const { senderId } = pick(model.numbers, 0);
  const name = what === "number" ? senderId : what;
  if (isOn) model.killed.add(name);
  else model.killed.delete(name);
  if (what === "deployment") await owner.query("select herald.set_stop_all($1)", [isOn]);
  else {
    const [table, id] = what === "number" ? ["phone_numbers", senderId] : ["workspaces", workspaceId];
    await owner.query(`update ${table} set kill_switch = $1 where id = $2`, [isOn, id]);
  }
}
const killStep = (what: Switch): Command =>
  step(
    `kill(${what})`,
    () => true,
    (model, real) => setKilled(model, real, what, true),
  );
const reviveStep: Command = step(
  "revive",
  ({ killed }) => killed.size > 0,
  async (model, real) => {
    for (const what of ["number", "workspace", "deployment"] as const) await setKilled(model, real, what, false);
  },
);

const paceStep = (which: number, weight: number, perSecond: number | null): Command =>
  step(
    `pace(${which}, ${weight}, ${perSecond})`,
    () => true,
    async (model, { owner }) => {
      const campaign = pick(model.campaigns, which);
      campaign.ceiling = perSecond === null ? null : { perSecond, sinceS: model.clockS, granted: 0 };
      await owner.query("update campaign_controls set weight = $2, max_per_second = $3 where campaign_id = $1", [
        campaign.campaignId,
        weight,
        perSecond,
      ]);
    },
  );

const inboxStep = (isBehind: boolean): Command =>
  step(
    `inbox(${isBehind ? "behind" : "read"})`,
    (model) => model.isInboxBehind !== isBehind,
    async (model, { owner }) => {
      model.isInboxBehind = isBehind;
      await owner.query(
        isBehind
          ? "insert into webhook_inbox (provider, body, received_at) values ('meta', '', clock_timestamp() - interval '31 seconds')"
          : "delete from webhook_inbox",
      );
    },
  );

/** Words come in any order: an older one changes nothing, and of two of one time the stop counts. */
const wordStep = (index: number, isStop: boolean, laterMs: number): Command =>
  step(
    `word(${index}, ${isStop ? "stop" : "resume"}, ${laterMs})`,
    () => true,
    async (model, { engine, owner, workspaceId }) => {
      const { contactId } = pick(pick(model.campaigns, 0).messages, index);
      const newest = model.words.get(contactId);
      const atMs = newest === undefined ? Date.now() + 1000 : newest.atMs + laterMs;
      const counts = newest === undefined || laterMs > 0 || (laterMs === 0 && isStop);
      const { rows } = await owner.query("select channel, kind, value from contact_addresses where contact_id = $1", [contactId]);
      const preference = { atMs, from: rows, marketing: isStop ? "stop" : "resume" };
      await engine.query("select herald.record_preference($1, $2, $3)", [
        workspaceId,
        pick(model.numbers, 0).senderId,
        JSON.stringify(preference),
      ]);
      if (counts) model.words.set(contactId, { atMs, isStop });
    },
  );

const windowStep = (which: number, index: number): Command =>
  step(
    `window(${which}, ${index})`,
    ({ options }) => options.portfolioLimit !== null,
    async (model, { owner, workspaceId }) => {
      const { senderId } = pick(model.numbers, which);
      const { contactId } = pick(pick(model.campaigns, 0).messages, index);
      model.windows.set(`${senderId} ${contactId}`, model.clockS + 86_400);
      await owner.query(
        `insert into service_windows (workspace_id, sender_id, contact_id, open_until) values ($1, $2, $3, clock_timestamp() + interval '24 hours')
         on conflict (sender_id, contact_id) do update set open_until = excluded.open_until`,
        [workspaceId, senderId, contactId],
      );
    },
  );

/** Time passes by making everything older: every clock of the engine is the database's. */
const passSql = `
  with ago as (select make_interval(secs => $2) as i),
  a as (update phone_numbers set tat = tat - $2, probe_at = probe_at - $2 where workspace_id = $1),
  b as (update number_lanes set tat = tat - $2, asked_at = asked_at - $2 where workspace_id = $1),
  c as (update number_health set opened_at = opened_at - i, slowed_at = slowed_at - i, rest_until = rest_until - i from ago where workspace_id = $1),
  d as (update campaign_messages set next_at = next_at - i, send_by = send_by - i, changed_at = changed_at - i from ago where workspace_id = $1),
  e as (update campaign_attempts set intent_at = intent_at - i, send_by = send_by - i, settled_at = settled_at - i from ago where workspace_id = $1),
  f as (update contact_marketing set at = at - i from ago where workspace_id = $1),
  g as (update portfolio_reservations set expires_at = expires_at - i, kept_until = kept_until - i from ago where workspace_id = $1),
  h as (update service_windows set open_until = open_until - i from ago where workspace_id = $1)
  select`;
/** Somebody waits for time to pass: a try, a number, a place. */
const isWaiting = ({ campaigns, numbers, clockS, options }: Model): boolean =>
  options.isCapped ||
  options.portfolioLimit !== null ||
  numbers.some(({ restUntilS, openedAt }) => restUntilS > clockS || openedAt !== null) ||
  campaigns.some(({ messages }) => messages.some(({ dueS }) => dueS !== null && dueS > clockS));
const passStep = (seconds: number): Command =>
  step(`pass(${seconds} s)`, isWaiting, async (model, { owner, workspaceId }) => {
    await owner.query({ name: "pass", text: passSql, values: [workspaceId, seconds] });
    model.clockS += seconds;
    for (const number of model.numbers) number.slots = number.slots.map((slot) => slot - seconds);
  });

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
