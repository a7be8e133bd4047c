import type { Standstill } from "../audit/evidence.ts";
import type { peopleKinds } from "../plan/kinds.ts";
import { obeyed } from "../world/desk.ts";
import { eventually, untilDone } from "../world/eventually.ts";
import { senders, withOwner } from "../world/senders.ts";
import { nowMs } from "../world/world.ts";
import { type Fault, type Launched, nothingToHeal, type Scene } from "./fault.ts";
import { leaveUnknown } from "./provider.ts";

/** How long a person goes on trying when the door does not answer. */
const patienceMs = 15_000;
const launchPatienceMs = 20_000;
const mostStops = 4;

/** The first campaign, from a place the dice choose, for which it works. */
async function onSome(scene: Scene, dice: number, work: (campaign: Launched) => Promise<boolean>): Promise<Launched | null> {
  await eventually(launchPatienceMs, async () => (scene.campaigns.length > 0 ? true : null));
  const from = Math.floor(dice * scene.campaigns.length);
  for (const campaign of [...scene.campaigns.slice(from), ...scene.campaigns.slice(0, from)]) if (await work(campaign)) return campaign;
  return null;
}

const standStill =
  (action: "pause" | "cancel"): Fault =>
  async ({ dice }, scene) => {
    const { product } = scene.operator;
    const stopped = await onSome(scene, dice, ({ campaignId }) => obeyed(() => product.control(campaignId, action)));
    if (!stopped) return null;
    const standstill: Standstill = { campaignId: stopped.campaignId, action, fromMs: nowMs(), untilMs: Number.POSITIVE_INFINITY };
    scene.standstills.push(standstill);
    if (action === "cancel") return nothingToHeal;
    return async () => {
      standstill.untilMs = nowMs();
      await obeyed(() => product.control(stopped.campaignId, "resume"));
    };
  };

/** A few people write STOP while the campaign runs; each counts from the moment the suppression is seen to be committed. */
const stopWord: Fault = async ({ dice }, scene) => {
  const campaign = await onSome(scene, dice, async () => true);
  if (!campaign) return null;
  const { world, optOuts, pending } = scene;
  const step = Math.max(1, Math.floor(campaign.phones.length / mostStops));
  const phones = campaign.phones.filter((_, index) => index % step === Math.floor(dice * step)).slice(0, mostStops);
  for (const phone of phones) {
    await world.provider.say(senders[campaign.sender].providerNumberId, phone, "STOP");
    pending.push(
      eventually(60_000, () => isSuppressed(world.ownerUrl, phone), 50).then((fromMs) => {
        if (fromMs === null) throw new Error("a STOP was not obeyed within a minute");
        optOuts.push({ phone, fromMs });
      }),
    );
  }
  return nothingToHeal;
};

function isSuppressed(ownerUrl: string, phone: string): Promise<number | null> {
  return withOwner(ownerUrl, async (owner) => {
    const { rowCount } = await owner.query("select from suppressions where channel = 'whatsapp' and value = $1", [phone]);
    return rowCount === 0 ? null : nowMs();
  });
}

const slowestPace = 3;

const rateChange: Fault = async ({ dice }, scene) => {
  const { desk } = scene.operator;
  const ask = (campaignId: string, pace: number | null) => untilDone(patienceMs, () => desk.setPace(campaignId, pace));
  const slowed = await onSome(scene, dice, async ({ campaignId }) => (await ask(campaignId, slowestPace + dice * 12)) === "done");
  return slowed && (async () => void (await ask(slowed.campaignId, null)));
};

export const peopleFaults: Readonly<Record<(typeof peopleKinds)[number], Fault>> = {
  "pause-resume": standStill("pause"),
  cancel: standStill("cancel"),
  "rate-change": rateChange,
  "stop-word": stopWord,
  "resend-unknown": leaveUnknown,
};
