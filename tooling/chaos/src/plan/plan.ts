import { type FaultKind, faultKinds, killKinds, networkKinds, peopleKinds } from "./kinds.ts";
import { type Random, randomFrom } from "./random.ts";

export type PlannedFault = {
  readonly kind: FaultKind;
  /** What `atMs` counts from: most faults come while messages are being sent, some while campaigns are still being launched. */
  readonly since: "launch" | "first request";
  readonly atMs: number;
  readonly forMs: number;
  /** In [0, 1): decides what the kind leaves open, e.g. which of two workers. */
  readonly dice: number;
};
export type PlannedCampaign = {
  readonly atMs: number;
  readonly recipients: number;
  /** Which of the two senders. */
  readonly sender: 0 | 1;
};
export type TrialPlan = {
  /** From 1. */
  readonly trial: number;
  /** Decides which people are chosen and which of them a fault meets. */
  readonly seed: number;
  readonly campaigns: readonly PlannedCampaign[];
  readonly faults: readonly PlannedFault[];
};

/** In a run that is long enough, every kind comes at least this often. */
const fewestOfEachKind = 3;
/** What people do may find nothing to do it to: a campaign that has ended is not paused. */
const sparesOfPeople = 3;
/** Trials that hold them all, four to six faults in each. */
const trialsForAll = 40;
/** The last fault begins by then: campaigns are still under way. */
const lastStartMs = 6000;
const shareAtLaunch = 0.2;

/** The whole run, drawn before it begins: the same seed and number of trials give the same plan. */
export function drawPlan({ trials, seed }: { readonly trials: number; readonly seed: number }): readonly TrialPlan[] {
  const random = randomFrom(seed);
  const perTrial = Math.ceil((fewestOfEachKind * faultKinds.length + sparesOfPeople * peopleKinds.length) / trialsForAll);
  const counts = Array.from({ length: trials }, () => perTrial + random.whole(0, 2));
  const hands = deal(
    deckOf(
      random,
      counts.reduce((sum, count) => sum + count, 0),
    ),
    counts,
  );
  return hands.map((kinds, index) => ({
    trial: index + 1,
    seed: random.whole(1, 2 ** 30),
    campaigns: drawCampaigns(random),
    faults: withCompany(kinds)
      .map((kind) => drawFault(kind, random))
      .toSorted((one, other) => one.atMs - other.atMs),
  }));
}

/** Every kind once before any comes again, so that a short run meets as many kinds as fit; after three rounds the spares. */
function deckOf(random: Random, size: number): FaultKind[] {
  const rounds = Array.from({ length: fewestOfEachKind }, () => random.shuffled(faultKinds));
  const spares = Array.from({ length: sparesOfPeople }, () => random.shuffled(peopleKinds));
  const deck: FaultKind[] = [...rounds, ...spares].flat();
  while (deck.length < size) deck.push(...random.shuffled(faultKinds));
  return deck.slice(0, size);
}

/** A trial has a kind once: two kills of one server at a time are one kill. */
function deal(deck: FaultKind[], counts: readonly number[]): FaultKind[][] {
  const hands: FaultKind[][] = counts.map(() => []);
  for (const [index, count] of counts.entries()) {
    const hand = hands[index] ?? [];
    while (hand.length < count) {
      const next = deck.findIndex((kind) => !hand.includes(kind));
      if (next < 0) break;
      hand.push(...deck.splice(next, 1));
    }
  }
  for (const kind of deck) hands.find((hand) => !hand.includes(kind))?.push(kind);
  return hands;
}

/** Receipts settle at once what a dead worker left, unless they stay away longer than recovery waits: only then a blind resend would show. */
const withCompany = (kinds: readonly FaultKind[]): readonly FaultKind[] =>
  kinds.includes("receipts-held") && !kinds.includes("kill-dispatch") ? [...kinds, "kill-dispatch"] : kinds;

/** Seconds of sending at the sender's pace: 80 or 20 messages per second. */
function drawCampaigns(random: Random): PlannedCampaign[] {
  return Array.from({ length: random.whole(1, 3) }, (_, index) => {
    const sender = random.share() < 0.5 ? 0 : 1;
    return {
      atMs: index === 0 ? 0 : random.whole(0, 2500),
      sender,
      recipients: sender === 0 ? random.whole(200, 400) : random.whole(60, 180),
    };
  });
}

function drawFault(kind: FaultKind, random: Random): PlannedFault {
  const [from, to] = durationMs(kind);
  // people act on a campaign that runs
  const isEarly = kind === "receipts-held" || (peopleKinds as readonly string[]).includes(kind);
  const since = !isEarly && random.share() < shareAtLaunch ? "launch" : "first request";
  return { kind, since, atMs: random.whole(100, isEarly ? 1500 : lastStartMs), forMs: random.whole(from, to), dice: random.share() };
}

function durationMs(kind: FaultKind): readonly [number, number] {
  if ((killKinds as readonly string[]).includes(kind)) return [0, 5000];
  if ((networkKinds as readonly string[]).includes(kind)) return [1000, 8000];
  // longer than an attempt of a dead worker is waited for: 25 s
  if (kind === "receipts-held") return [32_000, 36_000];
  return kind === "pause-resume" || kind === "rate-change" ? [1000, 4000] : [3000, 9000];
}
