import { parseContactId } from "@herald/kernel";
import { notFound } from "next/navigation";
import { readKnownPerson } from "../../../../../../features/contacts/read-person.ts";
import { readMember } from "../../../../../../panel/member.ts";

/** The person in the address; unknown and foreign ones answer alike: there is no such page. */
export async function personInPath(params: Promise<{ readonly workspaceId: string; readonly contactId: string }>) {
  const { workspaceId, contactId: contactInPath } = await params;
  const member = await readMember(workspaceId);
  const contactId = parseContactId(contactInPath);
  const person = contactId && (await readKnownPerson(member, contactId));
  return person ? { member, person } : notFound();
}
