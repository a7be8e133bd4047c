import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { BeginDraft } from "../../../../../../features/wizard/begin.client.tsx";
import { firstContent } from "../../../../../../features/wizard/first-content.ts";
import { audienceFrom } from "../../../../../../features/wizard/model/audience-from.ts";
import { findUntouchedDraft } from "../../../../../../features/wizard/read-draft.ts";
import { NoComposeRight } from "../../../../../../features/wizard/wizard-layout.tsx";
import { readMember } from "../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../words/reader.server.ts";

type Props = {
  readonly params: Promise<{ readonly workspaceId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.new") });

/** A new campaign; `?list=`, `?tag=` and `?import=` choose its audience at once. */
export default async function NewCampaignPage({ params, searchParams }: Props) {
  const member = await readMember((await params).workspaceId);
  if (!member.allows("campaign.write")) return <NoComposeRight />;
  const audience = audienceFrom(await searchParams);
  const untouched = audience === undefined ? await findUntouchedDraft(member) : null;
  if (untouched !== null) redirect(`/panel/w/${member.workspaceId}/campaigns/drafts/${untouched}/content`);
  return (
    <ClientWords parts={["wizard"]}>
      <BeginDraft workspaceId={member.workspaceId} content={await firstContent(member, audience)} />
    </ClientWords>
  );
}
