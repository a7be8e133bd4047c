import { parseSenderId } from "@herald/kernel";
import { notFound } from "next/navigation";
import { cache } from "react";
import { loadSender } from "../../../../../../features/senders/load-senders.ts";
import { readMember } from "../../../../../../panel/member.ts";

const read = cache(async (workspaceId: string, senderId: string) => {
  const member = await readMember(workspaceId);
  const known = parseSenderId(senderId);
  const sender = known === null ? null : await loadSender(member, known);
  return sender === null ? notFound() : { member, sender };
});

/** The sender in the address; unknown and foreign ones answer alike: there is no such page. */
export async function senderInPath(params: Promise<{ readonly workspaceId: string; readonly senderId: string }>) {
  const { workspaceId, senderId } = await params;
  return read(workspaceId, senderId);
}
