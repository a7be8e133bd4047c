"use client";
import { Button } from "@herald/ui/button";
import { Dialog } from "@herald/ui/dialog";
import { TextField } from "@herald/ui/text-field";
import { useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./campaigns.module.css";

/** Two days of the reader's calendar; either may be left open. */
export function RangeDialog({
  from,
  to,
  onClose,
  onChoose,
}: {
  readonly from: string;
  readonly to: string;
  readonly onClose: () => void;
  readonly onChoose: (from: string, to: string) => void;
}) {
  const t = useTranslations("campaigns.period");
  const base = useTranslations("base");
  const [first, setFirst] = useState(from);
  const [last, setLast] = useState(to);
  return (
    <Dialog isOpen onOpenChange={(isOpen) => (isOpen ? undefined : onClose())} title={t("rangeTitle")} closeLabel={base("close")}>
      <form
        className={classes.range}
        onSubmit={(event) => {
          event.preventDefault();
          // the other way round is meant the right way
          if (first !== "" && last !== "" && first > last) onChoose(last, first);
          else onChoose(first, last);
        }}
      >
        <div className={classes.rangeDays}>
          <TextField type="date" label={t("from")} value={first} onChange={(event) => setFirst(event.target.value)} />
          <TextField type="date" label={t("to")} value={last} onChange={(event) => setLast(event.target.value)} />
        </div>
        <div>
          <Button type="submit" variant="primary" disabled={first === "" && last === ""}>
            {t("apply")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
