"use client";
import type { LatePolicy } from "@herald/campaign";
import { Panel } from "@herald/ui/page-header";
import { RadioGroup } from "@herald/ui/radio-group";
import { TextField } from "@herald/ui/text-field";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Step } from "../frame/step.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import { CountryTimes } from "./country-times.client.tsx";
import { StartTime } from "./start-time.client.tsx";
import classes from "./when.module.css";

const latest = 168;
const usualHours = 72;
const latePolicies: readonly LatePolicy[] = ["send", "skip", "ask"];

/** When it starts, what that is for the people who get it, and what becomes of it when it cannot start in time. */
export function WhenStep({
  zones,
  zonesByCountry,
}: {
  readonly zones: readonly string[];
  readonly zonesByCountry: Readonly<Record<string, readonly string[]>>;
}) {
  const { content, change, issueAt } = useWizard();
  const t = useTranslations("wizard.when");
  const start = content.schedule?.start ?? "draft";
  return (
    <Step step="when" asksForSpace>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t("start.title")}>
            <RadioGroup
              name="start"
              label={t("start.label")}
              value={start}
              onChange={(value) => {
                if (value === "draft") change({ schedule: undefined });
                if (value === "now") change({ schedule: { start: "now" } });
                if (value === "at") change({ schedule: { start: "at" } });
              }}
              options={(["now", "at", "draft"] as const).map((value) => ({
                value,
                label: t(`start.${value}`),
                hint: t(`start.${value}Hint`),
              }))}
            />
            {start === "at" ? <StartTime zones={zones} /> : null}
          </Panel>
          {start === "at" ? (
            <Panel title={t("late.title")}>
              <RadioGroup
                name="late"
                label={t("late.label")}
                error={issueAt("ifLate")}
                value={content.ifLate ?? "send"}
                onChange={(value) => change({ ifLate: latePolicies.find((policy) => policy === value) })}
                options={latePolicies.map((value) => ({ value, label: t(`late.${value}`), hint: t(`late.${value}Hint`) }))}
              />
            </Panel>
          ) : null}
          <Panel title={t("expiry.title")}>
            <Expiry />
          </Panel>
        </div>
        <CountryTimes zonesByCountry={zonesByCountry} />
      </div>
    </Step>
  );
}

/** Hours as they are typed: a field that is being emptied is not yet a number. */
function Expiry() {
  const { content, change, issueAt } = useWizard();
  const t = useTranslations("wizard.when.expiry");
  const [wrong, setWrong] = useState<string | null>(null);
  const isWhole = (typed: string): boolean => /^\d{1,3}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= latest;
  return (
    <TextField
      label={t("label")}
      hint={t("hint")}
      inputMode="numeric"
      className={classes.hours}
      value={wrong ?? String(content.expiresInHours ?? usualHours)}
      error={wrong === null ? issueAt("expiresInHours") : t("wrong", { max: latest })}
      onChange={({ target: { value } }) => {
        setWrong(isWhole(value) ? null : value);
        if (isWhole(value)) change({ expiresInHours: Number(value) });
      }}
    />
  );
}
