import { isDeepStrictEqual } from "node:util";
import type { CampaignStatus, MessageState } from "@herald/campaign";
import type { Receipt } from "@herald/provider";
import type pg from "pg";
import { expect } from "vitest";
import { type Model, type ModelCampaign } from "./model.ts";

/** All that is there after a step, in one snapshot and one statement. */
export type Seen = { readonly campaigns: readonly SeenCampaign[]; readonly places: number | null; readonly reserved: number | null };
export type SeenCampaign = {
  readonly id: string;
  readonly planned: number;
  readonly status: CampaignStatus;
  readonly runNo: number;
  readonly controlSeq: number;
  readonly frozen: string;
  readonly counted: Readonly<Record<string, number>>;
  readonly recounted: Readonly<Record<string, number>>;
  readonly messages: readonly SeenMessage[];
  readonly attempts: readonly SeenAttempt[];
};
type SeenMessage = {
  readonly id: string;
  readonly state: MessageState;
  readonly receipt: Receipt | null;
  readonly attempt: number;
  readonly tries: number;
  readonly reason: string | null;
  readonly isQueued: boolean;
};
type SeenAttempt = readonly [
  message: string,
  attempt: number,
  epoch: number,
  outcome: string | null,
  receipt: string | null,
  failed: boolean,
  cls: string | null,
];

const text = `
  select json_agg(json_build_object('id', h.id, 'planned', h.planned, 'status', h.status, 'runNo', h.run_no, 'controlSeq', c.control_seq,
      'counted', to_json(n), 'recounted', to_json(r),
      'frozen', (select md5(string_agg(k.entries::text, '' order by k.chunk_no) || h.frozen_template::text || h.audience::text || h.variables::text || h.chunk_count
        || c.is_marketing::text || coalesce(c.marketing_cap::text, '') || c.is_priority::text || h.kind || h.sender_id || h.template_id)
        from campaign_chunks k where k.campaign_id = h.id),
      'messages', (select json_agg(json_build_object('id', m.id::text, 'state', m.state, 'receipt', m.receipt, 'attempt', m.attempt, 'tries', m.tries,
        'reason', m.reason, 'isQueued', m.next_at is not null) order by m.id) from campaign_messages m where m.campaign_id = h.id),
      'attempts', coalesce((select json_agg(json_build_array(a.message_id::text, a.attempt, a.epoch, a.outcome, a.receipt, a.failed_at is not null, a.class)
        order by a.message_id, a.attempt) from campaign_messages m join campaign_attempts a on a.message_id = m.id where m.campaign_id = h.id), '[]')
    ) order by x.nth) as campaigns,
    (select count(*)::int from portfolio_reservations p where p.workspace_id = $2 and p.is_counted) as places,
    (select p.reserved from portfolios p where p.workspace_id = $2) as reserved
  from unnest($1::uuid[]) with ordinality x(id, nth) join campaign_history h on h.id = x.id join campaign_controls c on c.campaign_id = h.id
  cross join lateral herald.campaign_counts(h.id) n cross join lateral herald.recount(h.id) r`;

export async function look(owner: pg.Client, workspaceId: string, campaignIds: readonly string[]): Promise<Seen> {
  const { rows } = await owner.query<Seen>({ name: "look", text, values: [campaignIds, workspaceId] });
  const [seen] = rows;
  if (seen === undefined) throw new Error("an aggregate answers one row");
  return seen;
}

/** Rows and attempts are the model's (L3, L9), what was frozen is frozen (L8), the ledger balances (L1), no place is counted wrong. */
export function expectSame(model: Model, seen: Seen): void {
  for (const [index, campaign] of model.campaigns.entries()) {
    const found = seen.campaigns[index];
    if (found === undefined) throw new Error("every campaign is looked at");
    const { counted, recounted, planned, ...rest } = found;
    expectEqual({ ...rest, messages: rest.messages.map(({ reason: _, ...row }) => row) }, wanted(campaign), "the ledger is the model's");
    expectEqual(counted, recounted, "law L1: counters equal the recount");
    const buckets = Object.values(counted);
    expectEqual(
      buckets.reduce((sum, n) => sum + n, 0),
      planned,
      "law L1: planned is the sum of the buckets",
    );
    if (buckets.some((n) => n < 0)) throw new Error("law L1: a bucket is below zero");
  }
  if (seen.reserved !== null) expectEqual(seen.reserved, seen.places, "the portfolio counts its places");
}

const wanted = (campaign: ModelCampaign) => ({
  id: campaign.campaignId,
  status: campaign.status,
  runNo: campaign.runNo,
  controlSeq: campaign.controlSeq,
  frozen: campaign.frozen,
  messages: campaign.messages.map((message) => ({
    id: message.messageId,
    state: message.state,
    receipt: message.state === "accepted" ? message.receipt : null,
    attempt: message.attempts.length,
    tries: message.tries,
    isQueued: message.dueS !== null,
  })),
  attempts: campaign.messages.flatMap(({ messageId, attempts }) =>
    attempts.map(({ number, epoch, outcome, receipt, failed, class: cls }): SeenAttempt => {
      return [messageId, number, epoch, outcome === "queued" ? "not_started" : outcome, receipt, failed, cls];
    }),
  ),
});

/** Vitest's own comparison is for showing what differs: it takes as long as the step. */
function expectEqual(found: unknown, right: unknown, law: string): void {
  if (!isDeepStrictEqual(found, right)) expect(found, law).toEqual(right);
}
