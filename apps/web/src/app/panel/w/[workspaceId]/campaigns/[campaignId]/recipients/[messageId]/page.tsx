import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadWhy } from "../../../../../../../../features/recipients/load-why.ts";
import { Why } from "../../../../../../../../features/recipients/why.tsx";
import { readMember } from "../../../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("recipients")("titleWhy") });

export default async function WhyPage({
  params,
}: {
  readonly params: Promise<{ readonly workspaceId: string; readonly campaignId: string; readonly messageId: string }>;
}) {
  const { workspaceId, campaignId, messageId } = await params;
  const member = await readMember(workspaceId);
  const loaded = await loadWhy(member, campaignId, messageId);
  if (loaded === null) notFound();
  return (
    <ClientWords parts={["recipients"]}>
      <Why member={member} campaignId={campaignId} loaded={loaded} />
    </ClientWords>
  );
}
