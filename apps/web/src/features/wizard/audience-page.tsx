import type { Member } from "../../panel/member.ts";
import { AudienceStep } from "./audience/audience-step.client.tsx";
import type { SearchParams } from "./content-page.tsx";
import { type PickerKey, wantedWords } from "./model/audience-parts.ts";
import { readAudienceParts } from "./read-audience-parts.ts";
import { readDraft } from "./read-draft.ts";

/** The parts that the draft names, and those that fit what is searched for in each place. */
export async function AudiencePage({
  member,
  draftId,
  params,
}: {
  readonly member: Member;
  readonly draftId: string;
  readonly params: SearchParams;
}) {
  if (!member.allows("campaign.write")) return null;
  const draft = await readDraft(member, draftId);
  const one = (key: PickerKey): string => (typeof params[key] === "string" ? wantedWords(params[key]) : "");
  const words = { lists: one("lists"), tags: one("tags"), imports: one("imports"), notLists: one("notLists"), notTags: one("notTags") };
  return <AudienceStep parts={await readAudienceParts(member, draft.saved.content.audience ?? {}, words)} />;
}
