"use client";
import { Button } from "@herald/ui/button";
import { Popover } from "@herald/ui/popover";
import { TextField } from "@herald/ui/text-field";
import { ChevronDown, Gauge } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { speedOf } from "./speed.ts";
import { useCampaignActs } from "./use-campaign-acts.client.ts";

export function SpeedButton() {
  const t = useTranslations("live");
  const format = useFormatter();
  const { report } = useCampaign();
  const [isOpen, setOpen] = useState(false);
  const { maxPerSecond, capPerSecond } = report.pace;
  return (
    <Popover
      label={t("speedDialog.label")}
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button icon={<Gauge size={16} />} iconEnd={<ChevronDown size={14} />}>
          {t("controls.speed", { perSecond: format.number(Math.min(maxPerSecond ?? capPerSecond, capPerSecond)) })}
        </Button>
      }
    >
      <SpeedForm close={() => setOpen(false)} />
    </Popover>
  );
}

/** Lives while it is open: what was typed and not set is forgotten. */
function SpeedForm({ close }: { readonly close: () => void }) {
  const t = useTranslations("live.speedDialog");
  const format = useFormatter();
  const { report } = useCampaign();
  const acts = useCampaignActs();
  const { maxPerSecond, capPerSecond } = report.pace;
  const [ceiling, setCeiling] = useState(maxPerSecond === null ? "" : String(maxPerSecond));
  const [weight, setWeight] = useState(String(report.pace.weight));
  const [isTried, setTried] = useState(false);
  const speed = speedOf({ ceiling, weight });
  const set = async (): Promise<void> => {
    setTried(true);
    if (speed.ok && (await acts.setSpeed(speed.value))) close();
  };
  const wrong = isTried && !speed.ok ? speed.error : [];
  return (
    <form
      noValidate
      className={classes.speed}
      onSubmit={(event) => {
        event.preventDefault();
        void set();
      }}
    >
      <TextField
        label={t("ceiling")}
        hint={t("ceilingHint", { cap: format.number(capPerSecond) })}
        error={wrong.includes("ceiling") ? t("ceilingWrong") : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={ceiling}
        onChange={(event) => setCeiling(event.target.value)}
      />
      <TextField
        label={t("weight")}
        hint={t("weightHint")}
        error={wrong.includes("weight") ? t("weightWrong") : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={weight}
        onChange={(event) => setWeight(event.target.value)}
      />
      <Button type="submit" variant="primary" isLoading={acts.isBusy}>
        {t("verb")}
      </Button>
    </form>
  );
}
