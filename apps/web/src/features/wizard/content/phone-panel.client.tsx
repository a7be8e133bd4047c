"use client";
import { IconButton } from "@herald/ui/icon-button";
import { PhonePreview, type PhonePreviewProps } from "@herald/ui/phone-preview";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useWizard, type Wizard } from "../frame/wizard.client.tsx";
import { filledText, fixedValues, type TemplateView } from "../model/template.ts";
import classes from "./content.module.css";

/** The message as people will read it: one real recipient after the other, of the first twenty. */
export function PhonePanel({ shown }: { readonly shown: TemplateView | null }) {
  const wizard = useWizard();
  const { template, content, sender, preview, now } = wizard;
  const t = useTranslations("wizard.phone");
  const format = useFormatter();
  const [at, setAt] = useState(0);
  if (shown === null) return <p className={classes.noPhone}>{t("none")}</p>;
  const isOther = template === null || shown.name !== template.name || shown.language !== template.language;
  const people = isOther ? [] : (preview.answer?.first ?? []);
  const person = people[Math.min(at, people.length - 1)];
  const values = isOther ? {} : { ...fixedValues(content.variables ?? {}), ...person?.parameters };
  const note = isOther ? "ofTemplate" : person ? (preview.isOfSample ? "ofSample" : "ofAudience") : emptyNoteOf(wizard);
  const position = Math.min(at, people.length - 1) + 1;
  return (
    <div className={classes.phone}>
      <PhonePreview
        label={person ? t("labelOf", { name: person.displayName }) : t("label")}
        senderName={sender?.verifiedName || sender?.displayNumber || t("sender")}
        header={headerOf(shown, values, { image: t("image"), video: t("video"), document: t("document") })}
        body={filledText(shown.body, "body", values)}
        footer={shown.footer ?? undefined}
        buttons={shown.buttons.map(({ kind, text }, index) => ({ key: String(index), kind, text }))}
        timeText={format.dateTime(now, { timeStyle: "short" })}
      />
      {person ? (
        <div className={classes.people}>
          <IconButton
            label={t("previous")}
            icon={<ChevronLeft size={16} className={classes.turn} />}
            disabled={position === 1}
            onClick={() => setAt(position - 2)}
          />
          <p className={classes.person} role="status">
            {t("person", { position, count: people.length, name: person.displayName || t("nameless") })}
          </p>
          <IconButton
            label={t("next")}
            icon={<ChevronRight size={16} className={classes.turn} />}
            disabled={position === people.length}
            onClick={() => setAt(position)}
          />
        </div>
      ) : null}
      <p className={classes.quiet}>{t(note)}</p>
    </div>
  );
}

/** Why no person is shown. */
function emptyNoteOf({ lacks, preview }: Pick<Wizard, "lacks" | "preview">): "unfilled" | "failed" | "counting" | "nobody" {
  if (lacks.some((lack) => lack !== "audience")) return "unfilled";
  if (preview.problem) return "failed";
  return preview.isAsking ? "counting" : "nobody";
}

function headerOf(
  { header }: TemplateView,
  values: Readonly<Record<string, string>>,
  words: Readonly<Record<"image" | "video" | "document", string>>,
): PhonePreviewProps["header"] {
  const link = values["header.media"] ?? "";
  if (header === null || header.kind === "other") return undefined;
  if (header.kind === "text") return { kind: "text", text: filledText(header.text, "header", values) };
  if (header.kind === "document") return { kind: "document", name: decodedName(link) || words.document };
  return { kind: header.kind, alt: words[header.kind], ...(link.startsWith("https://") && { src: link }) };
}

/** The file's name at the end of its link. */
function decodedName(link: string): string {
  try {
    return decodeURIComponent(new URL(link).pathname.split("/").at(-1) ?? "");
  } catch {
    return "";
  }
}
