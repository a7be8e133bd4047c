import { setTimeout as sleep } from "node:timers/promises";
import type { Finding } from "../audit/evidence.ts";
import type { Launched } from "../faults/fault.ts";
import { withOwner } from "../world/senders.ts";

/** Law L1 says "in every snapshot": one is taken this often while the trial runs. */
const everyMs = 300;
const mostFindings = 5;

/** Looks at the counters until `stop`, and answers the snapshots that did not balance. A database that is down is asked again. */
export async function watchBalance(ownerUrl: string, campaigns: readonly Launched[], stop: AbortSignal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  while (!stop.aborted && findings.length < mostFindings) {
    const ids = campaigns.map(({ campaignId }) => campaignId);
    findings.push(...(await lookOnce(ownerUrl, ids).catch(() => [])));
    await sleep(everyMs);
  }
  return findings;
}

// one statement is one snapshot
const sumSql = `
  select h.id as "campaignId", h.planned, h.status::text, k.total from campaign_history h
  cross join lateral (select (queued + dispatching + deferred + unknown + held + skipped + failed + accepted + sent + delivered + read + undelivered) as total
    from herald.campaign_counts(h.id)) k
  where h.id = any ($1) and h.frozen_at is not null and k.total <> h.planned`;

function lookOnce(ownerUrl: string, campaignIds: readonly string[]): Promise<Finding[]> {
  return withOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ campaignId: string; planned: number; status: string; total: number }>(sumSql, [campaignIds]);
    return rows.map(({ campaignId, planned, status, total }) => ({
      campaignId,
      messageId: null,
      what: `a snapshot while ${status}: planned ${planned}, counters add up to ${total}`,
    }));
  });
}
