import { parseContactId } from "@herald/kernel";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ContactScreen, nameOf } from "../../../../../../features/contacts/contact-screen.tsx";
import type { SearchParams } from "../../../../../../features/contacts/read-filters.ts";
import { readKnownPerson } from "../../../../../../features/contacts/read-person.ts";
import { placeOf, readTimeline } from "../../../../../../features/contacts/read-timeline.ts";
import { readMember } from "../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";

type Props = {
  readonly params: Promise<{ readonly workspaceId: string; readonly contactId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

async function personOf(params: Props["params"]) {
  const { workspaceId, contactId: contactInPath } = await params;
  const member = await readMember(workspaceId);
  const contactId = parseContactId(contactInPath);
  const person = contactId && (await readKnownPerson(member, contactId));
  return person ? { member, person } : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameOf((await personOf(params)).person) };
}

export default async function ContactPage({ params, searchParams }: Props) {
  const { member, person } = await personOf(params);
  const place = placeOf(await searchParams);
  const timeline = await readTimeline(member, person.id, place);
  return (
    <ClientWords parts={["contacts"]}>
      <ContactScreen member={member} person={person} timeline={timeline} place={place} />
    </ClientWords>
  );
}
