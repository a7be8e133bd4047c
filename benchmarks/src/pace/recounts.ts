import { setTimeout as sleep } from "node:timers/promises";
import type { CampaignId } from "@herald/kernel";
import pg from "pg";
import { CannotMeasure } from "../bench.ts";

// one statement, one snapshot: law L1 holds in every one of them
const balanceSql = `
  select (herald.recount(c))::text = (herald.campaign_counts(c))::text as "isBalanced" from unnest($1::uuid[]) c`;

/** How many there were, how long the slowest took, and how long one was running in all. */
export type RecountsDone = { readonly count: number; readonly slowestMs: number; readonly runningSeconds: number };
export type Recounts = { readonly end: () => Promise<RecountsDone> };

/**
 * Recounts of all rows of these campaigns on one connection of their own until `end`, each `restMs` after the last one ended (0: one is always
 * running). `end` rejects when one did not balance.
 */
export function recountWhile(ownerUrl: string, campaignIds: readonly CampaignId[], restMs: number): Recounts {
  let isEnding = false;
  const work = async (): Promise<RecountsDone> => {
    const client = new pg.Client({ connectionString: ownerUrl });
    client.on("error", () => undefined); // the next recount fails too; unheard, this would end the process before its servers are stopped
    await client.connect();
    try {
      const tookMs: number[] = [];
      while (!isEnding) {
        const startedMs = performance.now();
        const { rows } = await client.query<{ isBalanced: boolean }>(balanceSql, [campaignIds]);
        tookMs.push(performance.now() - startedMs);
        if (rows.some(({ isBalanced }) => !isBalanced)) throw new CannotMeasure("a recount found counters that differ from the rows");
        if (restMs > 0) await sleep(restMs);
      }
      const runningMs = tookMs.reduce((sum, one) => sum + one, 0);
      return { count: tookMs.length, slowestMs: Math.max(...tookMs), runningSeconds: runningMs / 1000 };
    } finally {
      await client.end();
    }
  };
  const working = work();
  working.catch(() => undefined);
  return {
    end() {
      isEnding = true;
      return working;
    },
  };
}
