import { explainRecipient, type RecipientStory } from "@herald/campaign";
import { parseCampaignId, parseMessageId } from "@herald/kernel";
import { namesOfColleagues } from "../../panel/colleagues.ts";
import type { Member } from "../../panel/member.ts";

export type LoadedWhy = {
  readonly story: RecipientStory;
  /** Colleagues who decided something here, by their ids: the part of the address before the @. */
  readonly names: Readonly<Record<string, string>>;
  readonly atMs: number;
};

/** The story of one recipient; null: no such campaign or message in this workspace. */
export async function loadWhy(member: Member, campaignInPath: string, messageInPath: string): Promise<LoadedWhy | null> {
  const [campaignId, messageId] = [parseCampaignId(campaignInPath), parseMessageId(messageInPath)];
  if (campaignId === null || messageId === null) return null;
  const atMs = Date.now();
  const read = await member.read((ctx) => explainRecipient(ctx, { campaignId, messageId }));
  if (!read.ok) return null;
  const isDecided = read.value.decisions.some(({ userId }) => userId !== null);
  return { story: read.value, names: isDecided ? await namesOfColleagues(member) : {}, atMs };
}
