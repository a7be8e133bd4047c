"use client";
import { ErrorState } from "@herald/ui/error-state";
import { useTranslations } from "use-intl";

/** A press that sent nothing, because what would be sent is not what is saved. */
export function Unsaved() {
  const t = useTranslations("wizard.review.unsaved");
  return <ErrorState tone="warn" title={t("title")} meaning={t("meaning")} />;
}
