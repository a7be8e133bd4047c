"use client";
import { ErrorState } from "@herald/ui/error-state";
import { Panel } from "@herald/ui/page-header";
import { useTranslations } from "use-intl";
import { Step } from "../frame/step.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import { type AudienceParts, kindOf, type PickerKey } from "../model/audience-parts.ts";
import type { AudienceChoice } from "../model/draft-content.ts";
import classes from "./audience.module.css";
import { Counter } from "./counter.client.tsx";
import { FirstPeople } from "./first-people.client.tsx";
import { PartPicker } from "./part-picker.client.tsx";
import { PeoplePicker } from "./people-picker.client.tsx";
import { useParts } from "./use-parts.client.ts";

/** Who gets it: parts add up, what is left out is taken away, and the counter says at every moment what that makes. */
export function AudienceStep({ parts }: { readonly parts: AudienceParts }) {
  const { content, change, issueAt } = useWizard();
  const t = useTranslations("wizard.audience");
  const audience = content.audience ?? {};
  const put = (patch: Partial<AudienceChoice>): void => change({ audience: { ...audience, ...patch } });
  const problem = issueAt("audience");
  const { find, note, search } = useParts(parts);
  const pickerOf = (picker: PickerKey, chosen: readonly string[] | undefined, onChange: (ids: readonly string[]) => void) => (
    <PartPicker
      key={picker}
      kind={kindOf[picker]}
      choice={parts.choices[picker]}
      chosen={chosen ?? []}
      partOf={(id) => find(picker, id)}
      onChange={(ids, part) => {
        if (part) note(picker, part);
        onChange(ids);
      }}
      onSearch={(words) => search(picker, words)}
      isLeavingOut={picker.startsWith("not")}
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
            {pickerOf("notLists", audience.exclude?.listIds, (listIds) => put({ exclude: { ...audience.exclude, listIds } }))}
            {pickerOf("notTags", audience.exclude?.tags, (tags) => put({ exclude: { ...audience.exclude, tags } }))}
          </Panel>
        </div>
        <FirstPeople />
      </div>
    </Step>
  );
}
