import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { contactsOfShop, type Person, shop } from "@herald/demo";
import { readLedger } from "../audit/read-ledger.ts";
import { readOpaqueId } from "../network/wire-log.ts";
import { launch } from "../trial/launch.ts";
import { readStandings } from "../trial/standing.ts";
import { eventually, untilDone } from "../world/eventually.ts";
import { senders, withOwner } from "../world/senders.ts";
import { nowMs, openWorld, type World } from "../world/world.ts";
import { paceBefore } from "./pace-before.ts";

export type FullPaceResult = {
  /** In flight when the worker died, and unknown after recovery. */
  readonly unknown: number;
  /** Of those, accepted by the provider. */
  readonly sent: number;
  /** Of those, settled by their receipts. */
  readonly settled: number;
  readonly neverSent: number;
  /** Requests in the second before the kill, by the provider's books. */
  readonly pace: number;
  /** How long before the kill the slot of the oldest unknown one had ended: results that waited for the ledger. */
  readonly oldestMs: number;
};

const capPerSecond = 1000;
const mostUnknown = 350;
/** Of the cap, in the second before the kill: below it there is no figure. */
const fullShare = 0.9;
/** Two seconds of full pace, so that everything is warm. */
const killAfter = 2000;
/** `send_by` + 25 s, and then the next look. */
const recoveredMs = 60_000;

/** One worker, one number at 1,000 per second, kill -9 in the middle; receipts are held back until all that was in flight is unknown. */
export async function killAtFullPace(options: { readonly stateDir: string; readonly say: (line: string) => void }): Promise<number> {
  const { stateDir, say } = options;
  const world = await openWorld(stateDir, say, { straight: true });
  let result: FullPaceResult;
  try {
    result = await measure(world, say);
  } finally {
    await world.end();
  }
  const paceNeeded = fullShare * capPerSecond;
  const isFullPace = result.pace >= paceNeeded;
  if (!isFullPace)
    say(
      `  NOT VALID: ${result.pace} requests in the second before the kill, not ${paceNeeded}: what it left says nothing of ${capPerSecond}`,
    );
  const isGood = isFullPace && result.unknown <= mostUnknown && result.settled === result.sent && result.unknown > 0;
  if (isGood) await rm(stateDir, { recursive: true, force: true });
  else say(`state and logs are kept in ${stateDir}`);
  const figures = isFullPace ? { valid: true, ...result } : { valid: false, pace: result.pace, paceNeeded };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return isGood ? 0 : 1;
}

async function measure(world: World, say: (line: string) => void): Promise<FullPaceResult> {
  const { provider, product, ownerUrl } = world;
  await world.second.kill();
  await raisePace(world);
  await provider.hold();
  const operator = await untilDone(60_000, world.signIn);
  const people: readonly Person[] = contactsOfShop().filter((person) => person.hasConsent && person.city !== "United States");
  const { campaignId } = await launch(operator, `full-pace-${Date.now()}`, { atMs: 0, sender: 0, recipients: people.length }, people);
  const accepted = async (): Promise<number> => (await product.simulator.summary()).totals.accepted;
  if ((await eventually(120_000, async () => ((await accepted()) >= killAfter ? true : null), 100)) === null)
    throw new Error("it never got going");
  await product.kill("worker-dispatch", "SIGKILL");
  const killedAtMs = nowMs();
  const pace = paceBefore(await arrivalsOf(world, campaignId), killedAtMs);
  say(`  killed at ${pace} requests per second`);
  await sleep(1000);
  await product.start("worker-dispatch");
  await eventually(recoveredMs, async () => {
    const [standing] = await readStandings(ownerUrl, [campaignId]);
    return standing && standing.moving === 0 ? true : null;
  });
  const left = await readUnknown(world, campaignId);
  const isUnknown = new Set(left.keys());
  const sent = await acceptedAmong(world, campaignId, isUnknown);
  say(`  ${isUnknown.size} unknown, ${sent.size} of them accepted; their receipts are let go`);
  await provider.release();
  await eventually(60_000, async () => {
    const still = await readUnknown(world, campaignId);
    return [...sent].some((messageId) => still.has(messageId)) ? null : true;
  });
  const still = await readUnknown(world, campaignId);
  const settled = [...sent].filter((messageId) => !still.has(messageId)).length;
  return {
    unknown: isUnknown.size,
    sent: sent.size,
    settled,
    neverSent: isUnknown.size - sent.size,
    pace,
    oldestMs: Math.round([...left.values()].reduce((most, sendByMs) => Math.max(most, killedAtMs - sendByMs), 0)),
  };
}

/** The number gets Meta's high throughput, there and here. */
async function raisePace({ provider, ownerUrl }: World): Promise<void> {
  const { providerNumberId, senderId } = senders[0];
  const number = {
    phoneNumberId: providerNumberId,
    wabaId: shop.source.wabaId,
    displayPhoneNumber: shop.sender.displayNumber,
    throughputLevel: "HIGH",
  };
  await provider.configure({ numbers: [number] });
  await withOwner(ownerUrl, (owner) =>
    owner.query("update phone_numbers set cap_per_second = $2, plan_source = 'meta_phone_throughput', plan_level = 'HIGH' where id = $1", [
      senderId,
      capPerSecond,
    ]),
  );
}

/** The unknown messages, each with the end of its newest attempt's slot. */
async function readUnknown({ ownerUrl }: World, campaignId: string): Promise<Map<string, number>> {
  const [campaign] = await readLedger(ownerUrl, [campaignId]);
  const unknown = campaign?.messages.filter(({ state }) => state === "unknown") ?? [];
  return new Map(unknown.map(({ messageId, attempts }) => [messageId, attempts.at(-1)?.sendByMs ?? 0]));
}

/** When its requests had arrived: Unix milliseconds of the simulator's clock, which is this machine's. */
async function arrivalsOf({ provider }: World, campaignId: string): Promise<readonly number[]> {
  const rows = await provider.rows();
  return rows.filter(({ opaqueId }) => readOpaqueId(opaqueId)?.campaignId === campaignId).map(({ firstRequestAtMs }) => firstRequestAtMs);
}

async function acceptedAmong({ provider }: World, campaignId: string, messageIds: ReadonlySet<string>): Promise<Set<string>> {
  const refs = (await provider.rows()).filter(({ accepted }) => accepted.length > 0).map(({ opaqueId }) => readOpaqueId(opaqueId));
  return new Set(refs.flatMap((ref) => (ref?.campaignId === campaignId && messageIds.has(ref.messageId) ? [ref.messageId] : [])));
}
