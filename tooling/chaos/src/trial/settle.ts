import type { Scene } from "../faults/fault.ts";
import { obeyed } from "../world/desk.ts";
import { eventually, untilDone } from "../world/eventually.ts";
import { hasSettled, readBacklog, readStandings, type Standing } from "./standing.ts";

/** A trial is meant to be over by then. */
export const trialMs = 60_000;
/** On a machine that is busy with other things it may take longer; what stands still after that is lost. */
const longestMs = 150_000;
/** For the last answers, receipts and inbox rows. */
const quietMs = 30_000;

/** Until every campaign is final or has only what waits for later, the provider has nothing left to tell, and we have read it all. */
export async function untilSettled({ world, campaigns }: Scene, startedMs: number): Promise<void> {
  const ids = campaigns.map(({ campaignId }) => campaignId);
  const leftMs = Math.max(10_000, longestMs - (performance.now() - startedMs));
  await eventually(leftMs, async () => ((await readStandings(world.ownerUrl, ids)).every(hasSettled) ? true : null));
  await eventually(quietMs, async () => {
    const { queueEmpty } = await world.provider.summary();
    return queueEmpty && (await readBacklog(world.ownerUrl)) === 0 ? true : null;
  });
}

/** How the campaigns stood when the trial had calmed down. */
export type Close = {
  readonly standings: readonly Standing[];
  /** Not even final after they were cancelled. */
  readonly neverEnded: readonly string[];
};

/** Looks at what stands open, and cancels it, so that the next trial has the numbers for itself. */
export async function cancelOpen({ world, campaigns, operator }: Scene): Promise<Close> {
  const ids = campaigns.map(({ campaignId }) => campaignId);
  const standings = await untilDone(10_000, () => readStandings(world.ownerUrl, ids));
  const openOf = (all: readonly Standing[]): readonly string[] => all.filter(({ isFinal }) => !isFinal).map(({ campaignId }) => campaignId);
  let neverEnded = openOf(standings);
  for (const campaignId of neverEnded) await obeyed(() => operator.product.control(campaignId, "cancel"));
  if (neverEnded.length > 0)
    await eventually(20_000, async () => {
      neverEnded = openOf(await readStandings(world.ownerUrl, ids));
      return neverEnded.length === 0 ? true : null;
    });
  return { standings, neverEnded };
}
