import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { ButtonLink } from "@herald/ui/button";
import { PageHeader } from "@herald/ui/page-header";
import { Time } from "@herald/ui/time";
import type { Metadata } from "next";
import { ImportResult } from "../../../../../../../features/imports/import-result.tsx";
import { readFirstRefused } from "../../../../../../../features/imports/read-imports.ts";
import { namesOfColleagues } from "../../../../../../../panel/colleagues.ts";
import { readZone, wordsOf } from "../../../../../../../words/reader.server.ts";
import { locale } from "../../../../../../../words/reader.ts";
import { importInPath } from "./import-in-path.ts";

type Props = { readonly params: Promise<{ readonly workspaceId: string; readonly importBatchId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await importInPath(params)).page.fileName };
}

export default async function ImportResultPage({ params }: Props) {
  const { member, importBatchId, page } = await importInPath(params);
  const { workspaceId, userId, db, allows } = member;
  const mayImport = allows("contacts.import");
  const [firstRefused, names, zone] = await Promise.all([
    mayImport ? readFirstRefused(db, workspaceId, importBatchId) : [],
    namesOfColleagues(member),
    readZone(),
  ]);
  const t = wordsOf("imports");
  const who = page.createdBy === userId ? t("you") : (page.createdBy && names[page.createdBy]) || t("left");
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
