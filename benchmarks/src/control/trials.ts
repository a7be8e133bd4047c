import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "@herald/stack";
import { CannotMeasure } from "../bench.ts";
import { percentile } from "../measure/percentile.ts";
import { newList, newSender, type Sender, settleDatabase } from "../world/audience.ts";
import { campaignDraft } from "../world/campaigns.ts";
import { type Operator, operatorOf } from "../world/operator.ts";
import { nowMs, type SeenRequest } from "../world/provider.ts";
import type { World } from "../world/world.ts";
import { lastAboveRate } from "./last-above-rate.ts";

/** One value per trial: from the HTTP request to the last request at the simulator that it forbids. */
export type Controls = { readonly pauseMs: readonly number[]; readonly rateMs: readonly number[]; readonly cancelMs: readonly number[] };
export type ControlPlan = {
  readonly cap: number;
  readonly trials: number;
  readonly ordinal: number;
  readonly say: (line: string) => void;
};

/** So slow that two requests of it lie further apart than a slot is wide: the first that keeps the new rate can be told from the last that does not. */
const slowPerSecond = 10;
const sendingForMs = 700;
/** Far beyond the door's answer, so that a straggler would be seen. */
const watchedMs = 600;
const watchedAtRateMs = 1500;
const sendsAgainWithinMs = 30_000;
/** Arrival lies after begin: the way to the simulator, and how late its event loop may be. */
const arrivalMs = 10;

export async function controlsAt(world: World, plan: ControlPlan): Promise<Controls> {
  const { cap, trials, say } = plan;
  const sender = await newSender(world, cap, plan.ordinal);
  const operator = await operatorOf(world);
  const perTrial = Math.ceil((cap * (sendingForMs + 3000)) / 1000);
  const recipients = Math.min(50_000, perTrial * trials);
  const trial = { world, operator, cap };
  const paused = await launched(world, operator, sender, recipients);
  const pauseMs = await repeat(trials, () => pauseOnce(trial, paused));
  await operator.control(paused, "cancel");
  say(`cap ${cap}: pause ${describe(pauseMs)}`);
  const rated = await launched(world, operator, sender, recipients);
  const rateMs = await repeat(trials, () => rateOnce(trial, rated));
  await operator.control(rated, "cancel");
  say(`cap ${cap}: rate ${describe(rateMs)}`);
  const cancelMs = await repeat(trials, async () => cancelOnce(trial, await launched(world, operator, sender, perTrial)));
  say(`cap ${cap}: cancel ${describe(cancelMs)}`);
  return { pauseMs, rateMs, cancelMs };
}

type Trial = { readonly world: World; readonly operator: Operator; readonly cap: number };

async function launched({ owner }: World, operator: Operator, sender: Sender, recipients: number): Promise<string> {
  const list = await newList(owner, recipients);
  await settleDatabase(owner);
  return operator.launch(campaignDraft(sender.senderId, list, `Bench ${list}`));
}

async function pauseOnce(trial: Trial, campaignId: string): Promise<number> {
  await untilAtPace(trial, campaignId);
  const latencyMs = await stopped(trial, campaignId, "pause");
  await trial.operator.control(campaignId, "resume");
  return latencyMs;
}

const cancelOnce = async (trial: Trial, campaignId: string): Promise<number> => {
  await untilAtPace(trial, campaignId);
  return stopped(trial, campaignId, "cancel");
};

/** Pauses or cancels, and looks for the last request that still came. */
async function stopped({ world, operator }: Trial, campaignId: string, action: "pause" | "cancel"): Promise<number> {
  const askedMs = nowMs();
  await operator.control(campaignId, action);
  const answeredMs = nowMs();
  await sleep(watchedMs);
  const lastMs = lastOf(await requestsOf(world, campaignId));
  if (lastMs > answeredMs + arrivalMs)
    throw new CannotMeasure(`law L6: a request arrived ${Math.round(lastMs - answeredMs)} ms after the ${action} was acknowledged`);
  return Math.max(0, lastMs - askedMs);
}

async function rateOnce(trial: Trial, campaignId: string): Promise<number> {
  const { world, operator } = trial;
  await untilAtPace(trial, campaignId);
  const askedMs = nowMs();
  await operator.rate(campaignId, slowPerSecond);
  await sleep(watchedAtRateMs);
  const lastMs = lastAboveRate(await requestsOf(world, campaignId), slowPerSecond);
  await operator.rate(campaignId, null);
  return Math.max(0, lastMs - askedMs);
}

/** Requests come as fast as they will: what is measured afterwards is a campaign in full flow. */
async function untilAtPace({ world, cap }: Trial, campaignId: string): Promise<void> {
  await world.provider.freshRequests();
  const wanted = (cap * sendingForMs) / 1000 / 2;
  let seen = 0;
  await waitFor(
    "the campaign to send at its pace",
    sendsAgainWithinMs,
    async () => {
      seen += (await requestsOf(world, campaignId)).length;
      return seen >= wanted;
    },
    100,
  );
}

const requestsOf = async ({ provider }: World, campaignId: string): Promise<readonly SeenRequest[]> =>
  (await provider.freshRequests()).filter((request) => request.campaignId === campaignId);

const lastOf = (requests: readonly SeenRequest[]): number => Math.max(0, ...requests.map(({ atMs }) => atMs));

async function repeat(trials: number, once: () => Promise<number>): Promise<readonly number[]> {
  const values: number[] = [];
  while (values.length < trials) values.push(await once());
  return values;
}

const describe = (values: readonly number[]): string =>
  `p50 ${Math.round(percentile(values, 0.5))} ms, p95 ${Math.round(percentile(values, 0.95))} ms, longest ${Math.round(Math.max(...values))} ms`;
