import { ButtonLink } from "@herald/ui/button";
import { EmptyState } from "@herald/ui/empty-state";
import { NoRightState } from "@herald/ui/no-right-state";
import { PageHeader } from "@herald/ui/page-header";
import { Upload, Users } from "lucide-react";
import type { Member } from "../../panel/member.ts";
import { wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { ContactFilters } from "./contact-filters.client.tsx";
import { ContactTable } from "./contact-table.client.tsx";
import classes from "./contacts.module.css";
import { type Filters, isFiltered, queryOf } from "./filters.ts";
import { readChoices, readContacts } from "./read-contacts.ts";

/** People of the workspace: found by name, phone and filters, opened one by one. */
export async function ContactsScreen({ member, filters }: { readonly member: Member; readonly filters: Filters }) {
  const t = wordsOf("contacts");
  const [found, choices] = await Promise.all([
    readContacts(member, filters),
    readChoices(member, new Intl.DisplayNames(locale, { type: "region" })),
  ]);
  if (found === null) return <NoRightState title={t("noRight.title")}>{t("noRight.text")}</NoRightState>;
  const { page, count } = found;
  const path = `/panel/w/${member.workspaceId}/contacts`;
  const mayImport = member.allows("contacts.import");
  const importLink = mayImport ? (
    <ButtonLink variant="primary" href={`${path}/import`} icon={<Upload size={16} />}>
      {t("import")}
    </ButtonLink>
  ) : undefined;
  if (page.contacts.length === 0 && !isFiltered(filters))
    return (
      <div className={classes.screen}>
        <PageHeader title={t("title")} />
        <EmptyState icon={<Users size={20} />} title={t("empty.title")} action={importLink}>
          <p>{t("empty.text")}</p>
          {mayImport ? null : <p>{t("empty.noRight")}</p>}
        </EmptyState>
      </div>
    );
  return (
    <div className={classes.screen}>
      <PageHeader title={t("title")} actions={importLink} />
      <ContactFilters filters={filters} choices={choices} count={count} />
      <ContactTable
        key={queryOf(filters)}
        workspaceId={member.workspaceId}
        filters={filters}
        first={page}
        totalCount={count.isExact ? count.people : undefined}
      />
    </div>
  );
}
