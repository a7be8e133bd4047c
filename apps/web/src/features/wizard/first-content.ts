import type { Member } from "../../panel/member.ts";
import type { AudienceChoice, DraftContent } from "./model/draft-content.ts";
import { senderHealth } from "./model/sender-health.ts";
import { readSenders } from "./read-senders.ts";

/** What a draft begins with: the audience that the address asks for, and the sender where there is only one to choose. */
export async function firstContent(member: Member, audience: AudienceChoice | undefined): Promise<DraftContent> {
  const nowMs = Date.now();
  const choosable = (await readSenders(member)).filter((sender) => senderHealth(sender, nowMs).mayBeChosen);
  const [only] = choosable.length === 1 ? choosable : [];
  return { ...(only && { senderId: only.senderId }), ...(audience && { audience }) };
}
