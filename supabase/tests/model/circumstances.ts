import type { Model } from "./model.ts";
import { type Command, pick, type Real, step } from "./step.ts";

/** What comes from outside a campaign: switches, shares, words of people, and the time that passes. */

export type Switch = "number" | "workspace" | "deployment";
async function setKilled(model: Model, { owner, workspaceId }: Real, what: Switch, isOn: boolean): Promise<void> {
  const { senderId } = pick(model.numbers, 0);
  const name = what === "number" ? senderId : what;
  // let go, it wakes what can go on
  if (what === "deployment" && model.killed.has(name) && !isOn)
    for (const campaign of model.campaigns) if (campaign.status === "queued" || campaign.status === "sending") campaign.controlSeq += 1;
  if (isOn) model.killed.add(name);
  else model.killed.delete(name);
  if (what === "deployment") await owner.query("select herald.set_stop_all($1)", [isOn]);
  else {
    const [table, id] = what === "number" ? ["phone_numbers", senderId] : ["workspaces", workspaceId];
    await owner.query(`update ${table} set kill_switch = $1 where id = $2`, [isOn, id]);
  }
}
export const killStep = (what: Switch): Command =>
  step(
    `kill(${what})`,
    () => true,
    (model, real) => setKilled(model, real, what, true),
  );
export const reviveStep: Command = step(
  "revive",
  ({ killed }) => killed.size > 0,
  async (model, real) => {
    for (const what of ["number", "workspace", "deployment"] as const) await setKilled(model, real, what, false);
  },
);

export const paceStep = (which: number, weight: number, perSecond: number | null): Command =>
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

export const inboxStep = (isBehind: boolean): Command =>
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
export const wordStep = (index: number, isStop: boolean, laterMs: number): Command =>
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

export const windowStep = (which: number, index: number): Command =>
  step(
    `window(${which}, ${index})`,
    ({ options }) => options.portfolioLimit !== null,
    async (model, { owner, workspaceId }) => {
      const { senderId } = pick(model.numbers, which);
      const { contactId } = pick(pick(model.campaigns, 0).messages, index);
      model.windows.set(`${senderId} ${contactId}`, model.clockS + 86_400);
      await owner.query(
        `with wrote as (
           insert into inbound_messages (workspace_id, provider_message_id, sender_id, contact_id, inbox_id, type, at)
           values ($1, gen_random_uuid()::text, $2, $3, 0, 'text', clock_timestamp()) returning at
         )
         insert into service_windows (workspace_id, sender_id, contact_id, open_until) select $1, $2, $3, at + interval '24 hours' from wrote
         on conflict (sender_id, contact_id) do update set open_until = excluded.open_until`,
        [workspaceId, senderId, contactId],
      );
    },
  );

/** Time passes by making everything older: every clock of the engine is the database's. */
const passSql = `
  with ago as (select make_interval(secs => $2) as i),
  a as (update phone_numbers set tat = tat - $2, probe_at = probe_at - $2 where workspace_id = $1),
  b as (update number_lanes set tat = tat - $2, asked_at = asked_at - $2, free_from = free_from - i, free_done_at = free_done_at - i from ago where workspace_id = $1),
  c as (update number_health set opened_at = opened_at - i, unsent_at = unsent_at - i, slowed_at = slowed_at - i, rest_until = rest_until - i from ago where workspace_id = $1),
  d as (update campaign_messages set next_at = next_at - i, send_by = send_by - i, changed_at = changed_at - i from ago where workspace_id = $1),
  e as (update campaign_attempts set intent_at = intent_at - i, send_by = send_by - i, settled_at = settled_at - i, delivered_at = delivered_at - i, read_at = read_at - i
    from ago where workspace_id = $1),
  f as (update contact_marketing set at = at - i from ago where workspace_id = $1),
  g as (update portfolio_reservations set expires_at = expires_at - i, kept_until = kept_until - i from ago where workspace_id = $1),
  h as (update service_windows set open_until = open_until - i from ago where workspace_id = $1),
  j as (update inbound_messages set at = at - i from ago where workspace_id = $1)
  select`;
/** Somebody waits for time to pass: a try, a number, a place. */
const isWaiting = ({ campaigns, numbers, clockS, options }: Model): boolean =>
  options.isCapped ||
  options.portfolioLimit !== null ||
  numbers.some(({ restUntilS, openedAt }) => restUntilS > clockS || openedAt !== null) ||
  campaigns.some(({ messages }) => messages.some(({ dueS }) => dueS !== null && dueS > clockS));
export const passStep = (seconds: number): Command =>
  step(`pass(${seconds} s)`, isWaiting, async (model, { owner, workspaceId }) => {
    await owner.query({ name: "pass", text: passSql, values: [workspaceId, seconds] });
    model.clockS += seconds;
    for (const number of model.numbers) number.slots = number.slots.map((slot) => slot - seconds);
  });
