import type { Metadata } from "next";
import { AudiencePage } from "../../../../../../../../features/wizard/audience-page.tsx";
import type { SearchParams } from "../../../../../../../../features/wizard/content-page.tsx";
import { readMember } from "../../../../../../../../panel/member.ts";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

type Props = {
  readonly params: Promise<{ readonly workspaceId: string; readonly draftId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.audience") });

export default async function DraftAudiencePage({ params, searchParams }: Props) {
  const { workspaceId, draftId } = await params;
  return <AudiencePage member={await readMember(workspaceId)} draftId={draftId} params={await searchParams} />;
}
