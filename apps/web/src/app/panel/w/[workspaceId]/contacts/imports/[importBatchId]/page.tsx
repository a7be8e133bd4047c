import { parseImportBatchId } from "@herald/kernel";
import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { ButtonLink } from "@herald/ui/button";
import { PageHeader } from "@herald/ui/page-header";
import { Time } from "@herald/ui/time";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportResult } from "../../../../../../../features/imports/import-result.tsx";
import { readFirstRefused, readImportPage, readPeople } from "../../../../../../../features/imports/read-imports.ts";
import { readMember } from "../../../../../../../panel/member.ts";
import { readZone, wordsOf } from "../../../../../../../words/reader.server.ts";
import { locale } from "../../../../../../../words/reader.ts";

type Props = { readonly params: Promise<{ readonly workspaceId: string; readonly importBatchId: string }> };

async function load({ params }: Props) {
  const { workspaceId, importBatchId } = await params;
  const member = await readMember(workspaceId);
  const id = parseImportBatchId(importBatchId);
  const page = id && (await readImportPage(member.db, member.workspaceId, id));
  if (!id || !page) notFound();
  return { member, importBatchId: id, page };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await load(props)).page.fileName };
}

export default async function ImportResultPage(props: Props) {
  const { member, importBatchId, page } = await load(props);
  const { workspaceId, userId, db, allows } = member;
  const mayImport = allows("contacts.import");
  const [firstRefused, people, zone] = await Promise.all([
    readFirstRefused(db, workspaceId, importBatchId),
    readPeople(db, workspaceId),
    readZone(),
  ]);
  const t = wordsOf("imports");
  const who = page.createdBy === userId ? t("you") : (page.createdBy && people.get(page.createdBy)) || t("left");
  const contacts = `/panel/w/${workspaceId}/contacts`;
  return (
    <>
      <PageHeader
        title={page.fileName}
        note={
          <>
            {t("result.noteAt", { who })} <Time atMs={Date.parse(page.createdAt)} locale={locale} zone={zone} />
          </>
        }
        above={<Breadcrumbs label={t("trail")} crumbs={[{ text: t("back"), href: `${contacts}/imports` }, { text: page.fileName }]} />}
        actions={
          <>
            <ButtonLink href={`${contacts}?import=${importBatchId}`}>{t("result.people")}</ButtonLink>
            {mayImport ? (
              <ButtonLink href={`${contacts}/import`} variant={page.refused > 0 ? "secondary" : "primary"}>
                {t("import")}
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <ImportResult
        page={page}
        firstRefused={firstRefused}
        refusedHref={mayImport ? `/api/workspaces/${workspaceId}/contacts/imports/${importBatchId}/refused.csv` : null}
      />
    </>
  );
}
