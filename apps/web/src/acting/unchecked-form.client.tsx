"use client";
import { Button } from "@herald/ui/button";
import { ErrorState } from "@herald/ui/error-state";
import { useTranslations } from "use-intl";

/** In a form whose rules could not be fetched: nothing was sent, what was typed stays, and its button submits again, which fetches them again. */
export function UncheckedForm() {
  const t = useTranslations("base");
  return (
    <ErrorState
      title={t("failed.title")}
      meaning={t("failed.meaning")}
      cure={t("failed.cure")}
      action={<Button type="submit">{t("tryAgain")}</Button>}
    />
  );
}
