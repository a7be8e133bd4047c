"use client";
import { useState } from "react";
import { Step } from "../frame/step.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import type { TemplateView } from "../model/template.ts";
import type { TemplateChoice, TemplateFilter } from "../read-templates.ts";
import classes from "./content.module.css";
import { OfferPanel } from "./offer-panel.client.tsx";
import { PhonePanel } from "./phone-panel.client.tsx";
import { SenderPanel } from "./sender-panel.client.tsx";
import { TemplatePanel } from "./template-panel.client.tsx";
import { VariablesPanel } from "./variables-panel.client.tsx";

export type ContentStepProps = {
  /** Of the account whose templates these are; null: there is no account. */
  readonly sourceId: string | null;
  readonly choice: TemplateChoice;
  readonly filter: TemplateFilter;
};

/** From whom, which template, and what stands in its places; beside it the message as real people will read it. */
export function ContentStep({ sourceId, choice, filter }: ContentStepProps) {
  const { template } = useWizard();
  // while templates are looked through, the phone shows the one that is pointed at
  const [looked, setLooked] = useState<TemplateView | null>(null);
  return (
    <Step step="content" asksForSpace>
      <div className={classes.columns}>
        <div className={classes.column}>
          <SenderPanel />
          <TemplatePanel sourceId={sourceId} choice={choice} filter={filter} onLook={setLooked} />
          {template !== null && template.placeholders.length > 0 ? <VariablesPanel template={template} /> : null}
          <OfferPanel />
        </div>
        <div className={classes.aside}>
          <PhonePanel shown={looked ?? template} />
        </div>
      </div>
    </Step>
  );
}
