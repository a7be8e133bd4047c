import { explainRecipient, type RecipientStory } from "@herald/campaign";
import { parseCampaignId, parseMessageId } from "@herald/kernel";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";

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
  const deciders = [...new Set(read.value.decisions.flatMap(({ userId }) => userId ?? []))];
  return { story: read.value, names: deciders.length === 0 ? {} : await namesOf(member, deciders), atMs };
}

async function namesOf(member: Member, userIds: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const people = rowsOf(
    await member.db
      .from("workspace_people")
      .select("user_id, email")
      .eq("workspace_id", member.workspaceId)
      .in("user_id", [...userIds]),
  );
  return Object.fromEntries(people.flatMap(({ user_id, email }) => (email ? [[String(user_id), String(email).split("@")[0] ?? ""]] : [])));
}
