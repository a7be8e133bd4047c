import type { Metadata } from "next";
import { ContactScreen, nameOf } from "../../../../../../features/contacts/contact-screen.tsx";
import type { SearchParams } from "../../../../../../features/contacts/read-filters.ts";
import { placeOf, readTimeline } from "../../../../../../features/contacts/read-timeline.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";
import { personInPath } from "./person-in-path.ts";

type Props = {
  readonly params: Promise<{ readonly workspaceId: string; readonly contactId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameOf((await personInPath(params)).person) };
}

export default async function ContactPage({ params, searchParams }: Props) {
  const { member, person } = await personInPath(params);
  const place = placeOf(await searchParams);
  const timeline = await readTimeline(member, person.id, place);
  return (
    <ClientWords parts={["contacts"]}>
      <ContactScreen member={member} person={person} timeline={timeline} place={place} />
    </ClientWords>
  );
}
