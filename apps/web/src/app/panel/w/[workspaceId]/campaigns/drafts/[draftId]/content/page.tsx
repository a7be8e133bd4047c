import type { Metadata } from "next";
import { ContentPage, type SearchParams } from "../../../../../../../../features/wizard/content-page.tsx";
import { readMember } from "../../../../../../../../panel/member.ts";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

type Props = {
  readonly params: Promise<{ readonly workspaceId: string; readonly draftId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.content") });

export default async function DraftContentPage({ params, searchParams }: Props) {
  const { workspaceId, draftId } = await params;
  return <ContentPage member={await readMember(workspaceId)} draftId={draftId} params={await searchParams} />;
}
