import { ButtonLink } from "@herald/ui/button";
import { Stat, StatRow } from "@herald/ui/figures";
import { Panel } from "@herald/ui/page-header";
import { Download } from "lucide-react";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
import { locale } from "../../words/reader.ts";
import { countryName } from "./country-names.ts";
import classes from "./imports.module.css";
import type { ImportPage, RefusedRowShown } from "./read-imports.ts";

export type ImportResultProps = {
  readonly page: ImportPage;
  readonly firstRefused: readonly RefusedRowShown[];
  /** Where the refused rows are downloaded; null for whoever may not see them, who is told who may. */
  readonly refusedHref: string | null;
};

/** What became of a file: counts, reasons, the first refused rows, and how it was read. */
export async function ImportResult({ page, firstRefused, refusedHref }: ImportResultProps) {
  const t = wordsOf("imports");
  const { number } = await readFormatter();
  const { added, updated, refused, consentsGranted, consentsWithdrawn, optedOut } = page;
  return (
    <>
      <StatRow>
        <Stat label={t("result.added")} value={number(added)} note={t("result.addedNote")} />
        <Stat label={t("result.updated")} value={number(updated)} note={t("result.updatedNote")} />
        <Stat
          label={t("result.refused")}
          value={number(refused)}
          note={t("result.refusedNote", { count: refused })}
          tone={refused === 0 ? "ok" : "warn"}
        />
        <Stat
          label={t("result.consents")}
          value={number(consentsGranted)}
          note={t("result.consentsNote", { withdrawn: consentsWithdrawn })}
        />
        <Stat label={t("result.optedOut")} value={number(optedOut)} note={t("result.optedOutNote")} />
      </StatRow>
      <div className={classes.sides}>
        {refused > 0 ? (
          <Panel title={t("result.reasons")}>
            <ul className={classes.reasons}>
              {page.refusals.map(({ reason, count }) => (
                <li key={reason}>
                  <span>{t(`result.reasonWords.${reason}`)}</span>
                  <span className={classes.count}>{t("result.rowsOf", { count })}</span>
                </li>
              ))}
            </ul>
            {refusedHref === null ? (
              <p className={classes.faint}>{t("result.closed")}</p>
            ) : (
              <div className={classes.stack}>
                <ButtonLink href={refusedHref} download icon={<Download size={16} />} variant="primary">
                  {t("result.download", { count: refused })}
                </ButtonLink>
                <p className={classes.faint}>{t("result.downloadNote")}</p>
              </div>
            )}
          </Panel>
        ) : null}
        <HowRead page={page} />
      </div>
      {firstRefused.length > 0 ? <FirstRefused rows={firstRefused} headers={page.headers} /> : null}
    </>
  );
}

function HowRead({ page }: { readonly page: ImportPage }) {
  const t = wordsOf("imports");
  const { mapping, defaultCountry, list, listWas } = page;
  const listName =
    listWas === null
      ? t("result.listNone")
      : list === null
        ? t("result.listGone")
        : t(listWas === "new" ? "result.listNew" : "result.listExisting", list);
  return (
    <Panel title={t("result.how")}>
      <dl className={classes.facts}>
        {page.headers.map((header, at) => (
          <div key={`${at}-${header}`} className={classes.fact}>
            <dt>{header || t("new.mapping.unnamed", { number: at + 1 })}</dt>
            <dd>{becameOf(mapping, header) ?? t("result.leftOut")}</dd>
          </div>
        ))}
        <div className={classes.fact}>
          <dt>{t("result.country")}</dt>
          <dd>{defaultCountry === null ? t("result.noCountry") : countryName(defaultCountry, locale)}</dd>
        </div>
        <div className={classes.fact}>
          <dt>{t("result.list")}</dt>
          <dd>{listName}</dd>
        </div>
      </dl>
    </Panel>
  );
}

/** Names of columns are found whatever their case. */
function becameOf(mapping: ImportPage["mapping"], header: string): string | null {
  const t = wordsOf("imports");
  const isIt = (name: string | undefined): boolean => name !== undefined && name.trim().toLowerCase() === header.trim().toLowerCase();
  const role = (["phone", "name", "tags", "consent"] as const).find((one) => isIt(mapping[one]));
  if (role) return t(`new.mapping.roles.${role}`);
  const keys = Object.entries(mapping.fields ?? {}).flatMap(([key, name]) => (isIt(name) ? [key] : []));
  return keys.length === 0 ? null : t("result.field", { key: keys.join(", ") });
}

function FirstRefused({ rows, headers }: { readonly rows: readonly RefusedRowShown[]; readonly headers: readonly string[] }) {
  const t = wordsOf("imports");
  return (
    <section className={classes.part}>
      <div className={classes.partHead}>
        <h2>{t("result.first", { shown: rows.length })}</h2>
      </div>
      <section className={classes.scroller} aria-label={t("result.firstLabel")} tabIndex={0}>
        <table className={classes.rows}>
          <thead>
            <tr>
              <th scope="col">{t("columns.row")}</th>
              <th scope="col">{t("columns.reason")}</th>
              {headers.map((header, at) => (
                <th scope="col" key={`${at}-${header}`}>
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ rowNo, reason, cells }) => (
              <tr key={rowNo} data-refused="">
                <th scope="row">{rowNo}</th>
                <td>{reason}</td>
                {headers.map((header, at) => (
                  <td key={`${at}-${header}`} title={cells[at]}>
                    {cells[at]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
