import { setTimeout as sleep } from "node:timers/promises";
import type { CampaignId } from "@herald/kernel";
import pg from "pg";
import { CannotMeasure } from "../bench.ts";

/** Each counts all rows of the campaigns that are sending: an operator who asks every few seconds. */
const restMs = 5000;

// one statement, one snapshot: law L1 holds in every one of them
const balanceSql = `
  select (herald.recount(c))::text = (herald.campaign_counts(c))::text as "isBalanced" from unnest($1::uuid[]) c`;

export type Recounts = { readonly end: () => Promise<{ readonly count: number; readonly slowestMs: number }> };

/** One recount of all campaigns after another, on a connection of its own, until `end`; that rejects when one did not balance. */
export function recountWhile(ownerUrl: string, campaignIds: readonly CampaignId[]): Recounts {
  let isEnding = false;
  const work = async (): Promise<{ count: number; slowestMs: number }> => {
    const client = new pg.Client({ connectionString: ownerUrl });
    client.on("error", () => undefined); // the next recount fails too; unheard, this would end the process before its servers are stopped
    await client.connect();
    try {
      let count = 0;
      let slowestMs = 0;
      for (; !isEnding; count += 1) {
        const startedMs = performance.now();
        const { rows } = await client.query<{ isBalanced: boolean }>(balanceSql, [campaignIds]);
        slowestMs = Math.max(slowestMs, performance.now() - startedMs);
        if (rows.some(({ isBalanced }) => !isBalanced)) throw new CannotMeasure("a recount found counters that differ from the rows");
        await sleep(restMs);
      }
      return { count, slowestMs };
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
