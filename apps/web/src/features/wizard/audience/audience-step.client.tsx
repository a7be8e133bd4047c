"use client";
import { ErrorState } from "@herald/ui/error-state";
import { Panel } from "@herald/ui/page-header";
import { useTranslations } from "use-intl";
import { Step } from "../frame/step.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import type { AudienceChoice } from "../model/draft-content.ts";
import type { AudiencePart, AudienceParts } from "../read-people.ts";
import classes from "./audience.module.css";
import { Counter } from "./counter.client.tsx";
import { FirstPeople } from "./first-people.client.tsx";
import { PartPicker } from "./part-picker.client.tsx";
import { PeoplePicker } from "./people-picker.client.tsx";

/** Who gets it: parts add up, what is left out is taken away, and the counter says at every moment what that makes. */
export function AudienceStep({ parts }: { readonly parts: AudienceParts }) {
  const { content, change, issueAt } = useWizard();
  const t = useTranslations("wizard.audience");
  const audience = content.audience ?? {};
  const put = (patch: Partial<AudienceChoice>): void => change({ audience: { ...audience, ...patch } });
  const problem = issueAt("audience");
  const pickerOf = (
    kind: "lists" | "tags" | "imports",
    chosen: readonly string[] | undefined,
    onChange: (ids: readonly string[]) => void,
    isLeavingOut = false,
  ) => (
    <PartPicker
      key={kind}
      kind={kind}
      parts={parts[kind] satisfies readonly AudiencePart[]}
      chosen={chosen ?? []}
      onChange={onChange}
      isLeavingOut={isLeavingOut}
    />
  );
  return (
    <Step step="audience" asksForSpace>
      <Counter />
      {problem === undefined ? null : <ErrorState title={t("refused")} meaning={problem} />}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t("chosen")}>
            <p className={classes.quiet}>{t("anyOf")}</p>
            {pickerOf("lists", audience.listIds, (listIds) => put({ listIds }))}
            {pickerOf("tags", audience.tags, (tags) => put({ tags }))}
            {pickerOf("imports", audience.importBatchIds, (importBatchIds) => put({ importBatchIds }))}
            <PeoplePicker chosen={audience.contactIds ?? []} onChange={(contactIds) => put({ contactIds })} />
          </Panel>
          <Panel title={t("leaveOut")}>
            <p className={classes.quiet}>{t("leaveOutText")}</p>
            {pickerOf("lists", audience.exclude?.listIds, (listIds) => put({ exclude: { ...audience.exclude, listIds } }), true)}
            {pickerOf("tags", audience.exclude?.tags, (tags) => put({ exclude: { ...audience.exclude, tags } }), true)}
          </Panel>
        </div>
        <FirstPeople />
      </div>
    </Step>
  );
}
