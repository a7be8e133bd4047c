import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { NoRightState } from "@herald/ui/no-right-state";
import { PageHeader } from "@herald/ui/page-header";
import type { Metadata } from "next";
import { countryNames } from "../../../../../../features/imports/country-names.ts";
import { ImportScreen } from "../../../../../../features/imports/import-screen.client.tsx";
import { readDefaultCountry, readListNames } from "../../../../../../features/imports/read-imports.ts";
import { readMember } from "../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../words/reader.server.ts";
import { locale } from "../../../../../../words/reader.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("imports")("new.title") });

export default async function ImportPage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }) {
  const member = await readMember((await params).workspaceId);
  const t = wordsOf("imports");
  const { workspaceId, db } = member;
  const header = (
    <PageHeader
      title={t("new.title")}
      note={t("new.note")}
      above={
        <Breadcrumbs
          label={t("trail")}
          crumbs={[{ text: t("back"), href: `/panel/w/${workspaceId}/contacts/imports` }, { text: t("new.title") }]}
        />
      }
    />
  );
  if (!member.allows("contacts.import"))
    return (
      <>
        {header}
        <NoRightState title={t("noRight.title")}>{t("noRight.text")}</NoRightState>
      </>
    );
  const [lists, workspaceCountry] = await Promise.all([readListNames(db, workspaceId), readDefaultCountry(db, workspaceId)]);
  return (
    <ClientWords parts={["imports"]}>
      {header}
      <ImportScreen workspaceId={workspaceId} lists={lists} countries={countryNames(locale)} workspaceCountry={workspaceCountry} />
    </ClientWords>
  );
}
