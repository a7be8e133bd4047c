import { ButtonLink } from "@herald/ui/button";
import { EmptyState } from "@herald/ui/empty-state";
import { PageHeader } from "@herald/ui/page-header";
import { Pagination } from "@herald/ui/pagination";
import { FileUp } from "lucide-react";
import type { Metadata } from "next";
import { cursorText, readCursor } from "../../../../../../../features/imports/import-cursor.ts";
import { ImportsTable } from "../../../../../../../features/imports/imports-table.client.tsx";
import { importsPerPage, readImports } from "../../../../../../../features/imports/read-imports.ts";
import { RunningImport } from "../../../../../../../features/imports/running-import.client.tsx";
import { namesOfColleagues } from "../../../../../../../panel/colleagues.ts";
import { readMember } from "../../../../../../../panel/member.ts";
import { ClientWords } from "../../../../../../../words/client-words.tsx";
import { wordsOf } from "../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("imports")("title") });

export default async function ImportsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly workspaceId: string }>;
  readonly searchParams: Promise<{ readonly before?: string | string[] }>;
}) {
  const member = await readMember((await params).workspaceId);
  const { workspaceId, db, userId, allows } = member;
  const keyset = readCursor((await searchParams).before);
  const [found, names] = await Promise.all([readImports(db, workspaceId, keyset), namesOfColleagues(member)]);
  const t = wordsOf("imports");
  const here = `/panel/w/${workspaceId}/contacts/imports`;
  const shown = found.slice(0, importsPerPage);
  const last = found.length > importsPerPage ? shown.at(-1) : undefined;
  const whoOf = (createdBy: string | null): string => (createdBy === userId ? t("you") : (createdBy && names[createdBy]) || t("left"));
  const action = allows("contacts.import") ? (
    <ButtonLink href={`/panel/w/${workspaceId}/contacts/import`} variant="primary" icon={<FileUp size={16} />}>
      {t("import")}
    </ButtonLink>
  ) : null;
  return (
    <ClientWords parts={["imports"]}>
      <PageHeader title={t("title")} note={t("note")} actions={action} />
      <RunningImport workspaceId={workspaceId} />
      <ImportsTable
        rows={shown.map(({ createdBy, createdAt, ...row }) => ({
          ...row,
          who: whoOf(createdBy),
          createdAtMs: Date.parse(createdAt),
          href: row.isCancelled ? undefined : `${here}/${row.importId}`,
        }))}
        empty={
          <EmptyState icon={<FileUp size={20} />} title={t("empty.title")} action={action}>
            {t("empty.text")}
          </EmptyState>
        }
      />
      {keyset !== null || last !== undefined ? (
        <Pagination
          label={t("pages")}
          previousHref={keyset === null ? undefined : here}
          previousText={t("newest")}
          nextHref={last && `${here}?before=${encodeURIComponent(cursorText(last))}`}
          nextText={t("older")}
        />
      ) : null}
    </ClientWords>
  );
}
