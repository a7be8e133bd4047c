import { listRecipients } from "@herald/campaign";
import { ok, parseCampaignId } from "@herald/kernel";
import { presentMessages } from "../../doors/answers/message.ts";
import type { Member } from "../../panel/member.ts";
import type { ListAddress } from "./list-address.ts";
import type { RecipientRow } from "./recipient-row.ts";
import { pageSize } from "./recipient-row.ts";

export type LoadedRecipients = {
  readonly rows: readonly RecipientRow[];
  readonly next: string | null;
  /** All recipients of the campaign, whatever is filtered. */
  readonly planned: number;
  readonly atMs: number;
};

/** The first page that an address asks for; null: no such campaign in this workspace. */
export async function loadRecipients(member: Member, campaignInPath: string, address: ListAddress): Promise<LoadedRecipients | null> {
  const campaignId = parseCampaignId(campaignInPath);
  if (campaignId === null) return null;
  const atMs = Date.now();
  const { buckets, search, ...filter } = address;
  const read = await member.read(async (ctx) => {
    const page = await listRecipients(ctx, {
      campaignId,
      after: null,
      limit: pageSize,
      filter: { ...filter, buckets: buckets.length === 0 ? null : buckets, search: search === "" ? null : search, messageIds: null },
    });
    if (!page.ok) return page;
    return ok({ ...presentMessages(page.value), planned: (await ctx.campaigns.find(campaignId))?.planned ?? 0 });
  });
  if (!read.ok) return null;
  const { messages: rows, next, planned } = read.value;
  return { rows, next, planned, atMs };
}
