"use client";
import type { ImportTry } from "@herald/contacts";
import { BareSelect } from "@herald/ui/select";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import classes from "./imports.module.css";
import { type Choice, keyFaultOf, type Role, roles, withKey, withRole } from "./mapping-choices.ts";

export type MappingTableProps = {
  readonly fileName: string;
  readonly answer: ImportTry;
  readonly choices: readonly Choice[];
  readonly onChange: (choices: readonly Choice[]) => void;
  readonly isDisabled: boolean;
};

/** The first rows as the file has them, over each column what it becomes, and before each row what would become of it. */
export function MappingTable({ fileName, answer, choices, onChange, isDisabled }: MappingTableProps) {
  const t = useTranslations("imports.new.mapping");
  return (
    <section className={classes.scroller} aria-label={t("table", { name: fileName })} tabIndex={0}>
      <table className={classes.rows}>
        <thead>
          <tr>
            <th scope="col">{t("row")}</th>
            <th scope="col">{t("result")}</th>
            {choices.map((choice, at) => (
              <th scope="col" key={`${at}-${choice.header}`}>
                <ColumnChoice choices={choices} at={at} onChange={onChange} isDisabled={isDisabled} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <tr key={row.rowNo} data-refused={row.refusal ? "" : undefined}>
              <th scope="row">{row.rowNo}</th>
              <td>
                {row.refusal ? (
                  <span className={classes.refusal}>
                    <TriangleAlert size={14} aria-hidden="true" />
                    {row.refusal.sentence}
                  </span>
                ) : (
                  <span className={classes.number}>
                    {row.person?.isUnusual ? <TriangleAlert size={14} aria-label={t("unusual")} className={classes.unusual} /> : null}
                    {row.person?.phone ?? ""}
                  </span>
                )}
              </td>
              {choices.map((choice, at) => (
                <td key={`${at}-${choice.header}`} data-out={choice.role === "out" || undefined} title={row.cells[at]}>
                  {row.cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ColumnChoice({ choices, at, onChange, isDisabled }: Omit<MappingTableProps, "fileName" | "answer"> & { readonly at: number }) {
  const t = useTranslations("imports.new.mapping");
  const choice = choices[at];
  if (!choice) return null;
  const header = choice.header || t("unnamed", { number: at + 1 });
  const fault = keyFaultOf(choices, at);
  return (
    <div className={classes.choice}>
      <span className={classes.header} title={header}>
        {header}
      </span>
      <BareSelect
        aria-label={t("label", { header })}
        value={choice.role}
        disabled={isDisabled || choice.barred !== null}
        options={roles.map((role) => ({ value: role, text: t(`roles.${role}`) }))}
        onChange={(event) => onChange(withRole(choices, at, event.target.value as Role))}
      />
      {choice.role === "field" ? (
        <input
          className={classes.key}
          aria-label={t("keyLabel", { header })}
          aria-invalid={fault === null ? undefined : true}
          value={choice.fieldKey}
          disabled={isDisabled}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange(withKey(choices, at, event.target.value))}
        />
      ) : null}
      {fault === null ? null : <span className={classes.fault}>{t(`keyFaults.${fault}`)}</span>}
      {choice.barred === "twice" || choice.barred === "reason" ? <span className={classes.barred}>{t(choice.barred)}</span> : null}
    </div>
  );
}
