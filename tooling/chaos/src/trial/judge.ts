import { auditTrial, type Verdict } from "../audit/audit.ts";
import type { Evidence, Finding } from "../audit/evidence.ts";
import { beginsOf, mostInOneSecond } from "../audit/laws.ts";
import { readLedger } from "../audit/read-ledger.ts";
import type { Scene } from "../faults/fault.ts";
import { untilDone } from "../world/eventually.ts";
import { senders } from "../world/senders.ts";
import type { Standing } from "./standing.ts";

/** The most requests of one sender in any second, as they left the workers and as the provider got them (law L5). */
export type Pace = { readonly capPerSecond: number; readonly begun: number; readonly arrived: number; readonly seenLateMs: number };
export type Judgement = {
  readonly verdict: Verdict;
  readonly standings: readonly Standing[];
  readonly paces: readonly Pace[];
  readonly evidence: Evidence;
};

/** Receipts that were acknowledged may still be on their way through the inbox. */
const agreeMs = 20_000;

/** Asks books and ledger until they agree, or for a bounded time; then what they say counts. `imbalances` were seen on the way. */
export async function judge(
  scene: Scene,
  {
    standings,
    imbalances,
    ownLagMs,
  }: { readonly standings: readonly Standing[]; readonly imbalances: readonly Finding[]; readonly ownLagMs: number },
): Promise<Judgement> {
  const { world, campaigns } = scene;
  const ids = campaigns.map(({ campaignId }) => campaignId);
  const endMs = performance.now() + agreeMs;
  for (;;) {
    const evidence: Evidence = {
      truth: await world.provider.rows(),
      ledger: await untilDone(20_000, () => readLedger(world.ownerUrl, ids)),
      begins: world.wire.begins(),
      standstills: scene.standstills,
      optOuts: scene.optOuts,
      ownLagMs,
    };
    const audited = auditTrial(evidence);
    const verdict = { ...audited, unbalanced: [...imbalances, ...audited.unbalanced] };
    const isClean = isSound(verdict) && verdict.receiptsDiffer.length === 0;
    if (isClean || performance.now() > endMs) return { verdict, standings, paces: await pacesOf(scene, evidence), evidence };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const isSound = ({ lost, doubled, unbalanced, lateBegins, afterStop, afterOptOut, strangers }: Verdict): boolean =>
  [lost, doubled, unbalanced, lateBegins, afterStop, afterOptOut, strangers].every(({ length }) => length === 0);

async function pacesOf({ world, campaigns }: Scene, evidence: Evidence): Promise<Pace[]> {
  const { maxRequestsPerSlidingSecond: arrived } = await world.provider.summary();
  return senders.map(({ providerNumberId, capPerSecond }, index) => {
    const ids = new Set(campaigns.filter(({ sender }) => sender === index).map(({ campaignId }) => campaignId));
    const { timesMs, seenLateMs } = beginsOf(evidence, ids);
    return { capPerSecond, begun: mostInOneSecond(timesMs), arrived: arrived[providerNumberId] ?? 0, seenLateMs };
  });
}
