"use client";
import { useTranslations } from "use-intl";
import type { NotedConfirmProps } from "../../acting/noted-confirm.client.tsx";

/** What is asked with a decision about a campaign. `optional` where the numbers tell it as well. */
export function useNoteWords(): Readonly<Record<"needed" | "optional", NotedConfirmProps["note"]>> {
  const t = useTranslations("live.note");
  const optional = { label: t("label"), hint: t("hint") };
  return { optional, needed: { ...optional, needed: t("needed") } };
}
