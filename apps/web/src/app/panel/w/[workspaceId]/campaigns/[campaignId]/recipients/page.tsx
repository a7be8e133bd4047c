import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readAddress, type SearchParams } from "../../../../../../../features/recipients/list-address.ts";
import { loadRecipients } from "../../../../../../../features/recipients/load-recipients.ts";
import { Recipients } from "../../../../../../../features/recipients/recipients.tsx";
import { readMember } from "../../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("recipients")("title") });

export default async function RecipientsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly workspaceId: string; readonly campaignId: string }>;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { workspaceId, campaignId } = await params;
  const member = await readMember(workspaceId);
  const address = readAddress(await searchParams);
  const loaded = await loadRecipients(member, campaignId, address);
  if (loaded === null) notFound();
  return (
    <ClientWords parts={["recipients", "codes"]}>
      <Recipients member={member} campaignId={campaignId} address={address} loaded={loaded} />
    </ClientWords>
  );
}
