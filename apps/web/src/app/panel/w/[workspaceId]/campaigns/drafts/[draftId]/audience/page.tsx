import type { Metadata } from "next";
import { AudienceStep } from "../../../../../../../../features/wizard/audience/audience-step.client.tsx";
import { readAudienceParts } from "../../../../../../../../features/wizard/read-people.ts";
import { readMember } from "../../../../../../../../panel/member.ts";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.audience") });

export default async function DraftAudiencePage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }) {
  const member = await readMember((await params).workspaceId);
  return <AudienceStep parts={await readAudienceParts(member)} />;
}
