"use client";
import { Button } from "@herald/ui/button";
import { Combobox } from "@herald/ui/combobox";
import { ErrorState } from "@herald/ui/error-state";
import { Panel } from "@herald/ui/page-header";
import { SkeletonText } from "@herald/ui/skeleton";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import classes from "./imports.module.css";
import { type ListChoice, ListField, listNameOf } from "./list-choice.client.tsx";
import { hasPhone, keyFaultOf, mappingQuery } from "./mapping-choices.ts";
import { MappingTable } from "./mapping-table.client.tsx";
import { Numbers } from "./numbers.client.tsx";
import { useSize } from "./use-size.client.ts";
import { useTry } from "./use-try.client.ts";

export type ImportFormProps = {
  readonly workspaceId: string;
  readonly file: File;
  /** Names of the lists there are. */
  readonly lists: readonly string[];
  readonly countries: readonly { readonly code: string; readonly name: string }[];
  readonly workspaceCountry: string | null;
  readonly onImport: (wanted: { readonly query: URLSearchParams; readonly expectedRows: number }) => void;
};

/** What the file holds, and what it will become. */
export function ImportForm({ workspaceId, file, lists, countries, workspaceCountry, onImport }: ImportFormProps) {
  const t = useTranslations("imports.new");
  const base = useTranslations("base");
  const sizeOf = useSize();
  const [country, setCountry] = useState(workspaceCountry ?? undefined);
  const [list, setList] = useState<ListChoice>({
    kind: "new",
    newName: file.name.replace(/\.[^.]+$/, "").slice(0, 120),
    existingName: undefined,
  });
  const [isChecked, setChecked] = useState(false);
  const { head, answer, choices, setChoices, problem, isAsking, askAgain } = useTry(workspaceId, file, country);
  const listName = listNameOf(list);
  const isPhoneMissing = answer !== null && !hasPhone(choices);
  const isKeyWrong = choices.some((_choice, at) => keyFaultOf(choices, at) !== null);

  const begin = (): void => {
    setChecked(true);
    if (!head || listName === null || isPhoneMissing || isKeyWrong) return;
    const query = mappingQuery(choices);
    query.set("fileName", file.name.slice(0, 255));
    if (country !== undefined) query.set("defaultCountry", country);
    if (listName !== undefined) query.set("listName", listName);
    onImport({ query, expectedRows: head.expectedRows });
  };

  const failure =
    problem === null ? null : problem.type === "unreadable_file" ? (
      <ErrorState title={t("gone.title")} meaning={t("gone.text", { name: file.name })} cure={t("gone.cure")} />
    ) : (
      <ProblemState
        problem={problem}
        action={
          <Button size="small" onClick={askAgain}>
            {base("tryAgain")}
          </Button>
        }
      />
    );
  if (answer === null)
    return (
      failure ?? (
        <Panel title={t("mapping.title")}>
          <SkeletonText lines={6} label={t("reading")} />
        </Panel>
      )
    );
  return (
    <>
      {failure}
      <section className={classes.part} aria-busy={isAsking}>
        <div className={classes.partHead}>
          <h2>{t("mapping.title")}</h2>
          <p>{t("mapping.note", { rows: answer.rows.length })}</p>
        </div>
        <MappingTable fileName={file.name} answer={answer} choices={choices} onChange={setChoices} isDisabled={false} />
        {isPhoneMissing ? <p className={classes.refusal}>{t("mapping.phoneMissing")}</p> : null}
        {isKeyWrong ? <p className={classes.refusal}>{t("mapping.keysWrong")}</p> : null}
      </section>
      <div className={classes.sides}>
        <Panel title={t("settings")}>
          <Combobox
            label={t("country.label")}
            hint={t("country.hint")}
            options={countries.map(({ code, name }) => ({ value: code, text: name, detail: code }))}
            value={country}
            onChange={setCountry}
            placeholder={t("country.placeholder")}
            searchLabel={t("country.search")}
            emptyText={t("country.nothing")}
          />
          <ListField lists={lists} value={list} onChange={setList} isChecked={isChecked} />
        </Panel>
        <Numbers answer={answer} choices={choices} countryName={(code) => countries.find((one) => one.code === code)?.name ?? code} />
      </div>
      <div className={classes.begin}>
        <Button variant="primary" size="large" onClick={begin} disabled={isPhoneMissing || isKeyWrong}>
          {t("verb", { name: file.name, size: sizeOf(file.size) })}
        </Button>
        <p className={classes.faint}>{t("verbNote")}</p>
      </div>
    </>
  );
}
