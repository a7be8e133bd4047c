import type { Metadata } from "next";
import { ContactsScreen } from "../../../../../../features/contacts/contacts-screen.tsx";
import { readFilters, type SearchParams } from "../../../../../../features/contacts/read-filters.ts";
import { readMember } from "../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("contacts")("title") });

export default async function ContactsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly workspaceId: string }>;
  readonly searchParams: Promise<SearchParams>;
}) {
  const member = await readMember((await params).workspaceId);
  return (
    <ClientWords parts={["contacts"]}>
      <ContactsScreen member={member} filters={readFilters(await searchParams)} />
    </ClientWords>
  );
}
