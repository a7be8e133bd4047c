import { withOwner } from "../world/senders.ts";

/** Where a campaign stands, as far as waiting for it goes. */
export type Standing = {
  readonly campaignId: string;
  readonly status: string;
  readonly isFinal: boolean;
  /** On its way: queued, dispatching, or deferred for less than the time we wait. */
  readonly moving: number;
  /** Deferred for longer, or until a block is cured: listed as open. */
  readonly waiting: number;
  readonly unknown: number;
};

/** Whatever is due within these seconds is waited for. */
const soonS = 20;

export function readStandings(ownerUrl: string, campaignIds: readonly string[]): Promise<Standing[]> {
  return withOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query<Standing>(
      `select h.id as "campaignId", h.status::text, h.status in ('sent', 'partially_sent', 'failed', 'cancelled') as "isFinal",
         count(*) filter (where m.state in ('queued', 'dispatching') or (m.state = 'deferred' and m.next_at < now() + make_interval(secs => $2)))::int as moving,
         count(*) filter (where m.state = 'deferred' and coalesce(m.next_at >= now() + make_interval(secs => $2), true))::int as waiting,
         count(*) filter (where m.state = 'unknown')::int as unknown
       from campaign_history h left join campaign_messages m on m.campaign_id = h.id where h.id = any ($1) group by h.id`,
      [campaignIds, soonS],
    );
    return rows;
  });
}

/** Webhooks that were taken and not yet read. */
export function readBacklog(ownerUrl: string): Promise<number> {
  return withOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ n: number }>("select count(*)::int as n from webhook_inbox where drained_at is null");
    return rows[0]?.n ?? 0;
  });
}

/** Final, or all that is left waits for later: nothing more will happen by itself soon. */
export const hasSettled = ({ isFinal, moving, waiting }: Standing): boolean => isFinal || (moving === 0 && waiting > 0);
