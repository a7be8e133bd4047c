"use client";
import { Button } from "@herald/ui/button";
import { DateTimeField, type PlannedMoment } from "@herald/ui/date-time-field";
import { Dialog } from "@herald/ui/dialog";
import { Select } from "@herald/ui/select";
import { useId, useMemo, useState } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { momentOf } from "./moment.ts";
import type { Report } from "./report.ts";
import { useCampaignActs } from "./use-campaign-acts.client.ts";

const policies = ["send", "skip", "ask"] as const satisfies readonly Report["campaign"]["ifLate"][];

/** Another start for a campaign that waits for its time. */
export function RescheduleDialog({ isOpen, onOpenChange }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }) {
  const t = useTranslations("live.scheduleDialog");
  const base = useTranslations("base");
  const { report } = useCampaign();
  const acts = useCampaignActs();
  const formId = useId();
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("text", { count: report.ledger.counts.queued })}
      closeLabel={base("close")}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{t("stay")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={acts.isBusy}>
            {t("verb")}
          </Button>
        </>
      }
    >
      <StartForm formId={formId} move={async (start) => ((await acts.reschedule(start)) ? onOpenChange(false) : undefined)} />
    </Dialog>
  );
}

function StartForm({
  formId,
  move,
}: {
  readonly formId: string;
  readonly move: (start: { schedule: { local: string; zone: string }; ifLate: Report["campaign"]["ifLate"] }) => Promise<void>;
}) {
  const t = useTranslations("live.scheduleDialog");
  const readerZone = useTimeZone() ?? "UTC";
  const { campaign } = useCampaign().report;
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone").map((value) => ({ value, text: value.replaceAll("_", " ") })), []);
  const [moment, setMoment] = useState<PlannedMoment>(() => momentOf(campaign.scheduledAt, campaign.scheduleZone ?? readerZone));
  const [ifLate, setIfLate] = useState(campaign.ifLate);
  const [isTried, setTried] = useState(false);
  const isChosen = moment.date !== "" && moment.time !== "";
  return (
    <form
      id={formId}
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isChosen) void move({ schedule: { local: `${moment.date}T${moment.time}`, zone: moment.zone }, ifLate });
      }}
    >
      <DateTimeField
        label={t("when")}
        dateLabel={t("date")}
        timeLabel={t("time")}
        zoneLabel={t("zone")}
        zones={zones.some(({ value }) => value === moment.zone) ? zones : [{ value: moment.zone, text: moment.zone }, ...zones]}
        value={moment}
        error={isTried && !isChosen ? t("choose") : undefined}
        onChange={setMoment}
      />
      <Select
        label={t("ifLate")}
        value={ifLate}
        options={policies.map((value) => ({ value, text: t(`late.${value}`) }))}
        onChange={(event) => setIfLate(policies.find((policy) => policy === event.target.value) ?? "send")}
      />
    </form>
  );
}
