"use client";
import { Check, CloudOff, LoaderCircle, PencilLine, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type { SaveState } from "../model/draft-store.ts";
import classes from "./frame.module.css";

const icons = {
  saved: Check,
  unsaved: PencilLine,
  saving: LoaderCircle,
  waiting: CloudOff,
  moved: TriangleAlert,
  launched: Check,
  refused: TriangleAlert,
};

/** Whether what is on the screen is kept. Heard as well as seen. */
export function SaveChip({ save }: { readonly save: SaveState }) {
  const t = useTranslations("wizard.save");
  const format = useFormatter();
  const Icon = icons[save.kind];
  const at = save.kind === "saved" ? format.dateTime(save.atMs, { timeStyle: "short" }) : "";
  return (
    <span role="status" className={classes.save} data-kind={save.kind}>
      <Icon size={14} aria-hidden="true" />
      {t(save.kind, { at })}
    </span>
  );
}
