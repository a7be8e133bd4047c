import type { Member } from "../../panel/member.ts";
import { ContentStep } from "./content/content-step.client.tsx";
import { readDraft } from "./read-draft.ts";
import { readSenders } from "./read-senders.ts";
import { readTemplates } from "./read-templates.ts";

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The templates of one account: the one asked for, else the draft's sender's, else the first connected one's. */
export async function ContentPage({
  member,
  draftId,
  params,
}: {
  readonly member: Member;
  readonly draftId: string;
  readonly params: SearchParams;
}) {
  if (!member.allows("campaign.write")) return null;
  const [draft, senders] = await Promise.all([readDraft(member, draftId), readSenders(member)]);
  const one = (key: string): string => (typeof params[key] === "string" ? params[key] : "");
  const sourceIds = new Set(senders.map(({ sourceId }) => sourceId));
  const own = senders.find(({ senderId }) => senderId === draft.saved.content.senderId)?.sourceId;
  const sourceId = (sourceIds.has(one("source")) ? one("source") : own) ?? senders[0]?.sourceId ?? null;
  const filter = { words: one("q"), category: one("category"), language: one("language"), status: one("status") };
  const choice = sourceId === null ? { templates: [], isCut: false, languages: [] } : await readTemplates(member, sourceId, filter);
  return <ContentStep sourceId={sourceId} choice={choice} filter={filter} />;
}
