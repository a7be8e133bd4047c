import type { Metadata } from "next";
import { Senders } from "../../../../../../features/senders/senders.tsx";
import { readMember } from "../../../../../../panel/member.ts";
import { wordsOf } from "../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("senders")("title") });

export default async function SendersPage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }) {
  return <Senders member={await readMember((await params).workspaceId)} />;
}
