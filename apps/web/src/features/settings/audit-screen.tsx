import type { AuditEntry, AuditPage } from "@herald/identity";
import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { EmptyState } from "@herald/ui/empty-state";
import { FilterBar } from "@herald/ui/filter-bar";
import { Link } from "@herald/ui/link";
import { NoRightState } from "@herald/ui/no-right-state";
import { PageHeader, Panel } from "@herald/ui/page-header";
import { Pagination } from "@herald/ui/pagination";
import { Time } from "@herald/ui/time";
import { ScrollText } from "lucide-react";
import { readZone, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { AuditFilter } from "./audit-filter.client.tsx";
import { actionNames, changesIn, noteIn, sentenceOf, whoOf } from "./audit-words.ts";
import classes from "./settings.module.css";

export type AuditScreenProps = {
  readonly workspaceId: string;
  readonly page: AuditPage;
  readonly action: string | undefined;
  /** Older than this entry; undefined on the newest page. */
  readonly before: string | undefined;
};

/** Who did what, in words, newest first. */
export async function AuditScreen({ workspaceId, page, action, before }: AuditScreenProps) {
  const t = wordsOf("settings");
  const zone = await readZone();
  const settings = `/panel/w/${workspaceId}/settings`;
  const hrefOf = (older?: string): string => {
    const query = new URLSearchParams({ ...(action && { action }), ...(older && { before: older }) }).toString();
    return `${settings}/audit${query && `?${query}`}`;
  };
  const last = page.entries.at(-1);
  return (
    <div className={classes.page}>
      <AuditHeader settings={settings} />
      <FilterBar label={t("audit.filter")}>
        <AuditFilter path={`${settings}/audit`} action={action} names={actionNames()} />
      </FilterBar>
      <Panel title={t("audit.table")}>
        {page.entries.length === 0 ? (
          <Nothing isFiltered={action !== undefined || before !== undefined} allHref={`${settings}/audit`} />
        ) : (
          <Entries workspaceId={workspaceId} entries={page.entries} zone={zone} />
        )}
        <Pagination
          label={t("audit.pages")}
          previousText={t("audit.newest")}
          nextText={t("audit.older")}
          previousHref={before === undefined ? undefined : hrefOf()}
          nextHref={page.hasMore && last ? hrefOf(last.entryId) : undefined}
        />
      </Panel>
    </div>
  );
}

/** The same place, for somebody who may not look. */
export function AuditRefused({ workspaceId }: Pick<AuditScreenProps, "workspaceId">) {
  const t = wordsOf("settings");
  return (
    <div className={classes.page}>
      <AuditHeader settings={`/panel/w/${workspaceId}/settings`} />
      <NoRightState title={t("audit.noRight.title")}>{t("audit.noRight.text")}</NoRightState>
    </div>
  );
}

function AuditHeader({ settings }: { readonly settings: string }) {
  const t = wordsOf("settings");
  return (
    <PageHeader
      above={<Breadcrumbs label={t("audit.crumbs")} crumbs={[{ text: t("audit.back"), href: settings }, { text: t("audit.title") }]} />}
      title={t("audit.title")}
      note={t("audit.note")}
    />
  );
}

function Entries({
  workspaceId,
  entries,
  zone,
}: {
  readonly workspaceId: string;
  readonly entries: readonly AuditEntry[];
  readonly zone: string;
}) {
  const t = wordsOf("settings");
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("audit.columns.when")}</th>
          <th scope="col">{t("audit.columns.who")}</th>
          <th scope="col">{t("audit.columns.what")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.entryId}>
            <td className={classes.when}>
              <Time atMs={entry.atMs} locale={locale} zone={zone} />
            </td>
            <td>
              <span className={classes.who} title={whoOf(entry)}>
                {whoOf(entry)}
              </span>
            </td>
            <td className={classes.what}>
              <What workspaceId={workspaceId} entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const placeByKind: Readonly<Record<string, string>> = { campaign: "campaigns", contact: "contacts", import_batch: "contacts/imports" };

/** A sentence; what has a page of its own leads to it. */
function What({ workspaceId, entry }: { readonly workspaceId: string; readonly entry: AuditEntry }) {
  const t = wordsOf("settings");
  const sentence = sentenceOf(entry);
  const note = noteIn(entry);
  const place = entry.resourceName === null ? undefined : placeByKind[entry.resourceKind];
  return (
    <>
      {place === undefined ? (
        sentence
      ) : (
        <Link href={`/panel/w/${workspaceId}/${place}/${entry.resourceId}`} tone="quiet" fetchedWhen="meant">
          {sentence}
        </Link>
      )}
      {changesIn(entry).map((change) => (
        <span key={change} className={classes.note}>
          {change}
        </span>
      ))}
      {note === null ? null : <span className={classes.note}>{t("audit.noteOf", { note })}</span>}
    </>
  );
}

function Nothing({ isFiltered, allHref }: { readonly isFiltered: boolean; readonly allHref: string }) {
  const t = wordsOf("settings");
  const key = isFiltered ? "audit.emptyFiltered" : "audit.empty";
  return (
    <EmptyState
      icon={<ScrollText size={20} />}
      title={t(`${key}.title`)}
      action={isFiltered ? <Link href={allHref}>{t("audit.emptyFiltered.clear")}</Link> : undefined}
    >
      {t(`${key}.text`)}
    </EmptyState>
  );
}
