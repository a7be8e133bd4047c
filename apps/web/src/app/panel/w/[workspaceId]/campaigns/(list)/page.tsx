import type { Metadata } from "next";
import { Campaigns } from "../../../../../../features/campaigns/campaigns.tsx";
import { readAddress, type SearchParams } from "../../../../../../features/campaigns/list-address.ts";
import { readMember } from "../../../../../../panel/member.ts";
import { wordsOf } from "../../../../../../words/reader.server.ts";

type Props = { readonly params: Promise<{ readonly workspaceId: string }>; readonly searchParams: Promise<SearchParams> };

export const generateMetadata = (): Metadata => ({ title: wordsOf("campaigns")("title") });

export default async function CampaignsPage({ params, searchParams }: Props) {
  const member = await readMember((await params).workspaceId);
  return <Campaigns member={member} address={readAddress(await searchParams)} />;
}
