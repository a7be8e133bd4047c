import { parseSenderId } from "@herald/kernel";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { loadSender } from "../../../../../../features/senders/load-senders.ts";
import { Sender } from "../../../../../../features/senders/sender.tsx";
import { readMember } from "../../../../../../panel/member.ts";

type Props = { readonly params: Promise<{ readonly workspaceId: string; readonly senderId: string }> };

const read = cache(async (workspaceId: string, senderId: string) => {
  const member = await readMember(workspaceId);
  const known = parseSenderId(senderId);
  const sender = known === null ? null : await loadSender(member, known);
  // unknown and foreign answer alike
  if (sender === null) notFound();
  return { member, sender };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspaceId, senderId } = await params;
  const { sender } = await read(workspaceId, senderId);
  return { title: sender.verifiedName || sender.displayNumber };
}

export default async function SenderPage({ params }: Props) {
  const { workspaceId, senderId } = await params;
  return <Sender {...(await read(workspaceId, senderId))} />;
}
