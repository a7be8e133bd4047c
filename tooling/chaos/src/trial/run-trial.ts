import { setTimeout as sleep } from "node:timers/promises";
import type { OptOut } from "../audit/evidence.ts";
import { faultsByKind } from "../faults/all.ts";
import type { Scene } from "../faults/fault.ts";
import type { FaultKind } from "../plan/kinds.ts";
import type { PlannedFault, TrialPlan } from "../plan/plan.ts";
import { randomFrom } from "../plan/random.ts";
import { eventually, untilDone } from "../world/eventually.ts";
import { restSenders } from "../world/senders.ts";
import type { World } from "../world/world.ts";
import { healEverything } from "./heal.ts";
import { type Judgement, judge } from "./judge.ts";
import { launch } from "./launch.ts";
import { drawPeople } from "./people.ts";
import { resendUnknown } from "./resend.ts";
import { cancelOpen, untilSettled } from "./settle.ts";
import { watchBalance } from "./watch-balance.ts";

/** A fault that waits for the first request waits no longer than this: the launch itself may be what is broken. */
const longestLaunchMs = 12_000;

/** One fault as it went. */
export type Happening = {
  readonly kind: FaultKind;
  /** Milliseconds after the trial's start or its first request. */
  readonly plannedAtMs: number;
  readonly since: PlannedFault["since"];
  /** From the trial's start; null: there was nothing to do it to. */
  readonly atMs: number | null;
  readonly healedAtMs: number | null;
  readonly problem: string | null;
};
export type TrialResult = {
  readonly plan: TrialPlan;
  readonly campaignIds: readonly string[];
  readonly happenings: readonly Happening[];
  readonly judgement: Judgement;
  /** The most by which this process itself was late. */
  readonly ownLagMs: number;
  readonly tookMs: number;
  readonly problem: string | null;
};

/** One trial from its clean sheet to its verdict. `stopped` holds who said STOP in this run so far, and grows. */
export async function runTrial(world: World, plan: TrialPlan, stopped: Set<string>, say: (line: string) => void): Promise<TrialResult> {
  const startedMs = performance.now();
  const sinceStart = (): number => Math.round(performance.now() - startedMs);
  const random = randomFrom(plan.seed);
  const scene: Scene = {
    world,
    operator: await untilDone(60_000, world.signIn),
    salt: String(plan.seed),
    campaigns: [],
    standstills: [],
    optOuts: [],
    pending: [],
    resendWanted: { isWanted: false },
  };
  await world.provider.clearRules();
  // answers may still be pending from the trial before
  await untilDone(30_000, world.provider.reset);
  await untilDone(30_000, () => restSenders(world.ownerUrl));
  world.wire.forget();
  world.ownLagMs();
  const problems: string[] = [];
  const isOver = new AbortController();
  const watching = watchBalance(world.ownerUrl, scene.campaigns, isOver.signal);
  const launches = plan.campaigns.map(async (campaign, index) => {
    const people = drawPeople(random, campaign.recipients, stopped);
    await sleep(campaign.atMs);
    scene.campaigns.push(await launch(scene.operator, `chaos-${plan.seed}-${plan.trial}.${index + 1}-${Date.now()}`, campaign, people));
  });
  const faults = plan.faults.map((fault) => runFault(fault, scene, sinceStart));
  for (const launched of await Promise.allSettled(launches))
    if (launched.status === "rejected") problems.push(`a launch failed: ${String(launched.reason)}`);
  const happenings = await Promise.all(faults);
  problems.push(...happenings.flatMap(({ kind, problem }) => (problem === null ? [] : [`${kind}: ${problem}`])));
  const ownLagMs = world.ownLagMs();
  await healEverything(scene);
  say(`  healed after ${sinceStart()} ms; waiting for ${scene.campaigns.length} campaigns`);
  await untilSettled(scene, startedMs);
  const hasResent = scene.resendWanted.isWanted && (await resendUnknown(scene));
  if (hasResent) await untilSettled(scene, performance.now());
  for (const pending of await Promise.allSettled(scene.pending)) if (pending.status === "rejected") problems.push(String(pending.reason));
  const { standings, neverEnded } = await cancelOpen(scene);
  problems.push(...neverEnded.map((campaignId) => `campaign ${campaignId} never ended, cancelled or not`));
  isOver.abort();
  const wholeLagMs = Math.max(ownLagMs, world.ownLagMs());
  const judgement = await judge(scene, { standings, imbalances: await watching, ownLagMs: wholeLagMs });
  remember(scene.optOuts, stopped);
  return {
    plan,
    campaignIds: scene.campaigns.map(({ campaignId }) => campaignId),
    happenings: happenings.map((one) => (one.kind === "resend-unknown" && !hasResent ? { ...one, atMs: null } : one)),
    judgement,
    ownLagMs: wholeLagMs,
    tookMs: sinceStart(),
    problem: problems.length === 0 ? null : problems.join("; "),
  };
}

async function runFault(planned: PlannedFault, scene: Scene, sinceStart: () => number): Promise<Happening> {
  const { kind, since, atMs: plannedAtMs } = planned;
  if (since === "first request") await eventually(longestLaunchMs, async () => (scene.world.wire.begins().length > 0 ? true : null), 50);
  await sleep(plannedAtMs);
  let atMs: number | null = null;
  try {
    const heal = await faultsByKind[kind](planned, scene);
    if (heal === null) return { kind, since, plannedAtMs, atMs, healedAtMs: null, problem: null };
    atMs = sinceStart();
    await sleep(planned.forMs);
    await heal();
    return { kind, since, plannedAtMs, atMs, healedAtMs: sinceStart(), problem: null };
  } catch (error) {
    return { kind, since, plannedAtMs, atMs, healedAtMs: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function remember(optOuts: readonly OptOut[], stopped: Set<string>): void {
  for (const { phone } of optOuts) stopped.add(phone);
}
