import { setTimeout as sleep } from "node:timers/promises";
import type { CampaignId } from "@herald/kernel";
import { CannotMeasure } from "../bench.ts";
import { paceSpan } from "../measure/pace-ratio.ts";
import { type ProcessUse, watchProcesses } from "../measure/process-watch.ts";
import { bucketsOf, parseExposition, quantileOf, type Sample } from "../measure/prometheus.ts";
import { audienceOf } from "../world/audience.ts";
import { launchTogether, pauseTogether, untilSending } from "../world/campaigns.ts";
import { nowMs } from "../world/provider.ts";
import type { Worker, World } from "../world/world.ts";
import { type RecountsDone, recountWhile } from "./recounts.ts";

export type PaceRun = {
  readonly cap: number;
  readonly seconds: number;
  readonly sent: number;
  readonly ratio: number;
  readonly maxPerSlidingSecond: number;
  readonly refused: number;
  readonly simLoopLagMaxMs: number;
  readonly workerCpuSecondsPer1000: number;
  /** All worker processes, each with the most memory it was seen with. */
  readonly workers: readonly { readonly name: string; readonly rssMb: number }[];
  readonly gateP50Ms: number;
  readonly gateP99Ms: number;
  /** How late the simulator was before measuring began. */
  readonly warmUpLagMaxMs: number;
  /** Rows that could be sent at once and were not, when all was over. */
  readonly dueRowsAtEnd: number;
  readonly recounts: RecountsDone;
};
export type PacePlan = {
  readonly cap: number;
  readonly seconds: number;
  /** As many due rows are left at the end. */
  readonly queue: number;
  /** Between two recounts. */
  readonly recountRestMs: number;
  /** Which number of the shop this run sends from: each has one of its own, so no run finds another's budget or limiter. */
  readonly ordinal: number;
  /** Folder for a CPU profile of each sending worker; null: none, as figures that count are made. */
  readonly profileDir: string | null;
  readonly say: (line: string) => void;
};

const campaigns = 2;
/** At the slowest pace one process is a fair picture; above it two share the number. */
const workersAt = (cap: number): number => (cap === 20 ? 1 : 2);
const settleMs = 1000;
/** Sent before measuring begins; the limiter counts these too. */
const warmUpMs = 8000;
/** From the last moment measured until the pause holds: what is sent then is not queued any more either. */
const endMs = 5000;

/** One measured run: two campaigns on a number of their own until the time is up, then paused; receipts stay with the simulator. */
export async function runPace(world: World, plan: PacePlan): Promise<PaceRun> {
  const { cap, queue, say } = plan;
  const perCampaign = Math.ceil((queue + (cap * (plan.seconds * 1000 + warmUpMs + endMs)) / 1000) / campaigns);
  say(`cap ${cap}: seeding and freezing ${campaigns} × ${perCampaign} recipients`);
  const people = Array.from({ length: campaigns }, () => perCampaign);
  const { sender, listIds } = await audienceOf(world, { cap, ordinal: plan.ordinal, people });
  const workers: Worker[] = [];
  for (let number = 1; number <= workersAt(cap); number += 1)
    workers.push(await world.startDispatchWorker(`worker-dispatch-${number}`, campaigns / workersAt(cap), profileFlags(plan)));
  try {
    const campaignIds = await launchTogether(world, sender.senderId, listIds);
    // the freeze made the machine busy: what the simulator measured of itself until now is of no interest
    await world.provider.reset();
    await world.provider.simulator.holdReceipts();
    await untilSending(world, 1);
    say(`cap ${cap}: sending for ${plan.seconds} s`);
    return await measure(world, plan, sender.providerNumberId, campaignIds, workers);
  } finally {
    for (const worker of workers) await worker.stop();
  }
}

async function measure(
  world: World,
  { cap, seconds, recountRestMs, say }: PacePlan,
  providerNumberId: string,
  campaignIds: readonly CampaignId[],
  workers: readonly Worker[],
): Promise<PaceRun> {
  const { provider } = world;
  // hundreds of connections open at the start, from processes on the same cores: what the simulator's clock measures then is the machine
  await sleep(warmUpMs);
  const before = await provider.summary();
  await provider.simulator.resetLag();
  const startedAtMs = nowMs();
  const watch = watchProcesses(world.processes());
  const recounts = recountWhile(world.stack.settings["OWNER_DATABASE_URL"] ?? "", campaignIds, recountRestMs);
  await sleep(seconds * 1000);
  const uses = watch.end();
  const after = await provider.summary();
  await pauseTogether(world, campaignIds);
  const recounted = await recounts.end();
  await sleep(settleMs);
  await provider.untilAnswered();
  // before the long answer below makes the simulator late
  const end = await provider.summary();
  const samples = (await Promise.all(workers.map(({ url }) => metricsOf(url)))).flat();
  const requests = await provider.freshRequests();
  if (end.accepted + end.refused !== end.requests || requests.length !== end.requests)
    throw new CannotMeasure(`the simulator saw ${end.requests} requests and tells of ${requests.length}`);
  const measured = requests.filter(({ atMs }) => atMs >= startedAtMs).map(({ atMs }) => atMs);
  const sent = after.requests - before.requests;
  const dueRowsAtEnd = await dueRows(world, campaignIds);
  const ofWorkers = uses.filter(({ name }) => name.startsWith("worker-"));
  for (const { name, cpuSeconds, rssMaxMb } of uses)
    say(`  ${name}: ${((cpuSeconds / sent) * 1000).toFixed(3)} CPU-s per 1,000, ${rssMaxMb} MB`);
  say(`  shares ${sharesOf(requests.map(({ campaignId }) => campaignId))}`);
  const gate = bucketsOf(samples, "herald_gate_seconds", { answer: "granted" });
  return {
    cap,
    ...paceSpan(measured, cap),
    sent: measured.length,
    maxPerSlidingSecond: end.maxPerSlidingSecond(providerNumberId),
    refused: end.refused,
    simLoopLagMaxMs: end.loopLagMaxMs,
    workerCpuSecondsPer1000: (sumOf(ofWorkers) / sent) * 1000,
    workers: ofWorkers.map(({ name, rssMaxMb }) => ({ name, rssMb: rssMaxMb })),
    gateP50Ms: (quantileOf(gate, 0.5) ?? 0) * 1000,
    gateP99Ms: (quantileOf(gate, 0.99) ?? 0) * 1000,
    warmUpLagMaxMs: before.loopLagMaxMs,
    dueRowsAtEnd,
    recounts: recounted,
  };
}

/** Paused by now, so none of them goes on. */
async function dueRows({ owner }: World, campaignIds: readonly CampaignId[]): Promise<number> {
  const { rows } = await owner.query<{ due: number }>(
    "select count(*)::int as due from campaign_messages where campaign_id = any ($1) and state = 'queued' and next_at <= now()",
    [campaignIds],
  );
  return rows[0]?.due ?? 0;
}

const profileFlags = ({ profileDir }: PacePlan): readonly string[] =>
  profileDir === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileDir}`];

async function metricsOf(url: string): Promise<readonly Sample[]> {
  return parseExposition(await (await fetch(`${url}/metrics`)).text());
}

const sumOf = (uses: readonly ProcessUse[]): number => uses.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);

function sharesOf(campaignIds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const campaignId of campaignIds) counts.set(campaignId, (counts.get(campaignId) ?? 0) + 1);
  return [...counts.values()].join(" : ");
}
