import { listMembers, roleCan } from "@herald/identity";
import type { Member } from "../../panel/member.ts";

/** The people to ask, where the reader may compose and not send. */
export async function whoMaySend(member: Member): Promise<readonly string[]> {
  const members = await member.read(listMembers);
  if (!members.ok) return [];
  return members.value.flatMap(({ role, email }) => (email !== null && roleCan(role, "campaign.send", member.workspace) ? [email] : []));
}
