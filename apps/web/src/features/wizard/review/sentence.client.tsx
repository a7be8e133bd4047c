"use client";
import type { ReactNode } from "react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { type Figures, startAtMs } from "../model/draft-content.ts";
import { spanOf } from "../model/span.ts";
import { localAt } from "../model/zone-moment.ts";
import classes from "./review.module.css";

const bold = (chunks: ReactNode) => <strong>{chunks}</strong>;
const slanted = (chunks: ReactNode) => <em>{chunks}</em>;
/** A number of digits and signs keeps its own direction. */
const apart = (chunks: ReactNode) => <bdi>{chunks}</bdi>;
/** "Send Spring sale (marketing, en_US) from +1 555 … Lucky Shrub to 4,812 people, starting now, finished about 15:07." */
export function Sentence({ figures }: { readonly figures: Figures }) {
  const { name, content, sender, template, preview, now } = useWizard();
  const t = useTranslations("wizard.review");
  const category = useTranslations("wizard.template.categories");
  const format = useFormatter();
  const readerZone = useTimeZone() ?? "UTC";
  const nowMs = now.getTime();
  const fromMs = startAtMs(content.schedule, nowMs);
  const seconds = preview.answer?.durationSeconds ?? 0;
  const zone = content.schedule?.start === "at" && "zone" in content.schedule ? (content.schedule.zone ?? readerZone) : readerZone;
  const span = spanOf(
    { fromMs: fromMs ?? nowMs, seconds, nowMs },
    (atMs, parts) => format.dateTime(atMs, { ...parts, timeZone: zone }),
    (atMs) => localAt(zone, atMs),
  );
  const start = content.schedule === undefined || fromMs === null ? "undecided" : content.schedule.start;
  return (
    <p className={classes.sentence}>
      {t.rich(`sentence.${start}`, {
        name: name.trim() || t("nameless"),
        category: template ? category(template.category).toLowerCase() : "",
        language: template?.language ?? "",
        number: sender?.displayNumber ?? "",
        business: sender?.verifiedName ?? "",
        count: figures.eligible,
        ...span,
        zone: zone.replaceAll("_", " "),
        b: bold,
        i: slanted,
        n: apart,
      })}
    </p>
  );
}
