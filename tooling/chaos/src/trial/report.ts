import type { Finding } from "../audit/evidence.ts";
import { isTimed } from "../audit/laws.ts";
import { type FaultKind, faultKinds } from "../plan/kinds.ts";
import type { Judgement, Pace } from "./judge.ts";
import type { TrialResult } from "./run-trial.ts";
import { trialMs } from "./settle.ts";
import { hasSettled } from "./standing.ts";

/** The result's line: the first seven fields are the contract, the others tell more. */
export type Totals = {
  readonly trials: number;
  readonly planned: number;
  readonly lost: number;
  readonly doubled: number;
  readonly ambiguousOpen: number;
  readonly ambiguousSettled: number;
  readonly unbalanced: number;
  readonly faults: Partial<Record<FaultKind, number>>;
  /** Faults that found nothing to act on. */
  readonly missed: Partial<Record<FaultKind, number>>;
  /** Messages left for a later time, or until a cure, when a trial ended. */
  readonly openDeferred: number;
  /** Laws L2, L6, L7 and L5 (senders and trials in which more requests left the workers in a second than the cap allows). */
  readonly lateBegins: number;
  /** Trials in which the harness was too late itself to judge L2. */
  readonly untimedTrials: number;
  readonly afterStop: number;
  readonly afterOptOut: number;
  readonly overCap: number;
  readonly receiptsDiffer: number;
  readonly strangers: number;
  readonly slowTrials: number;
  readonly failedTrials: readonly number[];
};

const sum = (results: readonly TrialResult[], count: (judgement: Judgement) => number): number =>
  results.reduce((total, { judgement }) => total + count(judgement), 0);
const isOverCap = ({ begun, capPerSecond }: Pace): boolean => begun > capPerSecond;

/** `neverJudged`: trials that did not come to an end, or of which the evidence could not be read. */
export function totalsOf(results: readonly TrialResult[], neverJudged: readonly number[] = []): Totals {
  const happened = results.flatMap(({ happenings }) => happenings);
  const tally = (did: boolean) =>
    Object.fromEntries(
      faultKinds
        .map((kind) => [kind, happened.filter((one) => one.kind === kind && (one.atMs !== null) === did).length] as const)
        .filter(([, count]) => did || count > 0),
    );
  return {
    trials: results.length + neverJudged.length,
    planned: sum(results, ({ verdict }) => verdict.planned),
    lost: sum(results, (judgement) => judgement.verdict.lost.length + standing(judgement).length),
    doubled: sum(results, ({ verdict }) => verdict.doubled.length),
    ambiguousOpen: sum(results, ({ verdict }) => verdict.ambiguousOpen),
    ambiguousSettled: sum(results, ({ verdict }) => verdict.ambiguousSettled),
    unbalanced: sum(results, ({ verdict }) => verdict.unbalanced.length),
    faults: tally(true),
    missed: tally(false),
    openDeferred: sum(results, ({ standings }) => standings.reduce((total, { waiting }) => total + waiting, 0)),
    lateBegins: sum(results, ({ verdict }) => verdict.lateBegins.length),
    untimedTrials: results.filter((result) => !isTimed(result)).length,
    afterStop: sum(results, ({ verdict }) => verdict.afterStop.length),
    afterOptOut: sum(results, ({ verdict }) => verdict.afterOptOut.length),
    overCap: sum(results, ({ paces }) => paces.filter(isOverCap).length),
    receiptsDiffer: sum(results, ({ verdict }) => verdict.receiptsDiffer.length),
    strangers: sum(results, ({ verdict }) => verdict.strangers.length),
    slowTrials: results.filter(({ tookMs }) => tookMs > trialMs).length,
    failedTrials: [
      ...results.filter(({ judgement, problem }) => problem !== null || wrongsOf(judgement).length > 0).map(({ plan }) => plan.trial),
      ...neverJudged,
    ],
  };
}

export function describeTrial({ plan, judgement, happenings, ownLagMs, tookMs, problem }: TrialResult): string {
  const { verdict, paces } = judgement;
  const wrong = wrongsOf(judgement);
  const kinds = happenings.map(({ kind, atMs }) => (atMs === null ? `(${kind})` : kind)).join(" ");
  const pace = paces
    .map(({ begun, arrived, capPerSecond, seenLateMs }) => `${begun}/${arrived}≤${capPerSecond} (seen ${seenLateMs} ms late)`)
    .join(" ");
  return (
    `trial ${plan.trial}: ${verdict.planned} planned, ${wrong.length === 0 && problem === null ? "sound" : "BROKEN"}, ${verdict.ambiguousOpen} unknown, ` +
    `${verdict.ambiguousSettled} settled, ${verdict.receiptsDiffer.length} receipts differ, pace ${pace}, own lag ${ownLagMs} ms, ${Math.round(tookMs / 1000)} s: ${kinds}`
  );
}

const shown = 25;

/** Everything somebody needs to begin: seed, number, what was done when, and the rows. */
export function describeFailure(result: TrialResult, seed: number): string {
  const { plan, judgement, happenings, campaignIds, problem } = result;
  const at = (ms: number | null): string => (ms === null ? "–" : `${ms} ms`);
  return [
    `  seed ${seed}, trial ${plan.trial}; campaigns ${campaignIds.join(", ")}`,
    ...(problem === null ? [] : [`  ${problem}`]),
    ...happenings.map(
      ({ kind, since, plannedAtMs, atMs, healedAtMs }) =>
        `  ${kind}: planned ${plannedAtMs} ms after the ${since}, happened ${at(atMs)}, healed ${at(healedAtMs)}`,
    ),
    ...judgement.standings.map(
      (one) => `  ${one.campaignId}: ${one.status}, ${one.moving} moving, ${one.waiting} waiting, ${one.unknown} unknown`,
    ),
    ...wrongsOf(judgement)
      .slice(0, shown)
      .map(([name, { campaignId, messageId, what }]) => `  ${name}: campaign ${campaignId} message ${messageId ?? "–"}: ${what}`),
  ].join("\n");
}

/** Campaigns that neither ended nor wait for anything nameable: what they still owed was cancelled only so that the next trial can begin. */
const standing = ({ standings }: Judgement): readonly Finding[] =>
  standings
    .filter((one) => !hasSettled(one))
    .map(({ campaignId, status, moving }) => ({
      campaignId,
      messageId: null,
      what: `stood still at ${status} with ${moving} messages to send`,
    }));

/** Everything that makes a trial unsound, by what it breaks. */
export function wrongsOf(judgement: Judgement): (readonly [string, Finding])[] {
  const { lost, doubled, unbalanced, lateBegins, afterStop, afterOptOut, strangers, receiptsDiffer } = judgement.verdict;
  const overCap = judgement.paces
    .filter(isOverCap)
    .map(({ begun, capPerSecond }) => ({ campaignId: "–", messageId: null, what: `${begun} requests in a second of ${capPerSecond}` }));
  return Object.entries({
    lost: [...lost, ...standing(judgement)],
    doubled,
    unbalanced,
    lateBegins,
    afterStop,
    afterOptOut,
    strangers,
    receiptsDiffer,
    overCap,
  }).flatMap(([name, findings]) => findings.map((finding) => [name, finding] as const));
}
