import type { Metadata } from "next";
import { ReviewStep } from "../../../../../../../../features/wizard/review/review-step.client.tsx";
import { whoMaySend } from "../../../../../../../../features/wizard/who-may-send.ts";
import { readMember } from "../../../../../../../../panel/member.ts";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.review") });

export default async function DraftReviewPage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }) {
  const member = await readMember((await params).workspaceId);
  return <ReviewStep whoMaySend={member.allows("campaign.send") ? [] : await whoMaySend(member)} />;
}
