import { setTimeout as sleep } from "node:timers/promises";
import { CannotMeasure, countOptions, type Figures } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { type LaneRequest, recoveredAfterMs, sharesBetween, worstErrorPct } from "../measure/shares.ts";
import { audienceOf, knownCaps } from "../world/audience.ts";
import { launchTogether, pauseTogether, untilSending } from "../world/campaigns.ts";
import { nowMs } from "../world/provider.ts";
import type { Worker, World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";

const weights = [1, 1, 2];
/** Until every lane has joined and sockets are warm. */
const warmMs = 5000;
const afterKillMs = 8000;
const spareMs = 10_000;
/** Of weight 2 beside one other of weight 1. */
const largestShare = 2 / 3;
/** The least share of a cap that a number may use, and so the pace that the others must reach together. */
const utilisation = 0.96;

export const fairnessBench = worldBench({
  name: "fairness",
  usage: "fairness --cap 80 --seconds 30",
  measures:
    "How one number is shared by three campaigns of weight 1, 1 and 2, each sent by a worker process of its own; then one worker is killed (kill -9) and the two others take over its share. Real servers; the simulator counts. Campaigns are launched by the verb in this process.",
  withWeb: false,
  options: (args) =>
    countOptions(args, {
      cap: { default: 80, min: 20, max: 1000, among: knownCaps },
      seconds: { default: 30, min: 5, max: 45 },
    }),
  measure,
});

async function measure(
  world: World,
  { cap, seconds }: Readonly<Record<"cap" | "seconds", number>>,
  say: (line: string) => void,
): Promise<Figures> {
  const { owner, provider } = world;
  // more than the heaviest of them can send, so that none runs dry
  const people = Math.ceil((largestShare * cap * (seconds * 1000 + warmMs + afterKillMs + spareMs)) / 1000);
  const { sender, listIds } = await audienceOf(world, { cap, people: weights.map(() => people) });
  const workers: Worker[] = [];
  for (const [index] of weights.entries()) workers.push(await world.startDispatchWorker(`worker-dispatch-${index + 1}`, 1));
  const campaignIds = await launchTogether(world, sender.senderId, listIds);
  await provider.reset();
  await provider.simulator.holdReceipts();
  for (const [index, campaignId] of campaignIds.entries())
    await owner.query("update campaign_controls set weight = $2 where campaign_id = $1", [campaignId, weights[index]]);
  await untilSending(world, cap);
  await sleep(warmMs);
  const fromMs = nowMs();
  say(`three campaigns send for ${seconds} s`);
  await sleep(seconds * 1000);
  const killedAtMs = nowMs();
  workers[0]?.kill();
  say("killed one worker");
  await sleep(afterKillMs);
  const untilMs = nowMs();
  await pauseTogether(world, campaignIds);
  await sleep(1000);
  const requests = (await provider.freshRequests()).map(({ atMs, campaignId }): LaneRequest => ({ atMs, lane: campaignId }));
  const shares = sharesBetween(requests, campaignIds, fromMs, killedAtMs);
  const recoverMs = recoveredAfterMs(requests, {
    ...survivors(requests, campaignIds, untilMs),
    perSecond: cap * utilisation,
    atMs: killedAtMs,
    untilMs,
  });
  if (recoverMs === null) throw new CannotMeasure("the others did not reach their new share before the end");
  return {
    shares: shares.map((share) => rounded(share, 4)),
    worstErrorPct: rounded(worstErrorPct(shares, weights), 2),
    recoverMs: Math.round(recoverMs),
  };
}

/** Whose worker it was is Temporal's choice: the campaign that is silent in the end. */
function survivors(
  requests: readonly LaneRequest[],
  campaignIds: readonly string[],
  untilMs: number,
): { readonly lanes: readonly string[]; readonly weights: readonly number[] } {
  const isAlive = (lane: string): boolean => requests.some((request) => request.lane === lane && request.atMs > untilMs - 1000);
  const lanes = campaignIds.filter(isAlive);
  if (lanes.length !== campaignIds.length - 1)
    throw new CannotMeasure(`${campaignIds.length - lanes.length} campaigns fell silent, not one`);
  return { lanes, weights: lanes.map((lane) => weights[campaignIds.indexOf(lane)] ?? 0) };
}
