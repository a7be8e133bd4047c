"use client";
import { Button } from "@herald/ui/button";
import { ErrorState } from "@herald/ui/error-state";
import { useTranslations } from "use-intl";

/** In the place of a screen that could not be rendered; `digest` is what the server's log knows it by. */
export function ScreenFailed({ error, reset }: { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }) {
  const t = useTranslations("base");
  return (
    <ErrorState
      title={t("failed.title")}
      meaning={t("failed.meaning")}
      cure={t("failed.cure")}
      action={<Button onClick={reset}>{t("tryAgain")}</Button>}
      requestId={
        error.digest === undefined
          ? undefined
          : { value: error.digest, label: t("requestId"), copyLabel: t("copy"), copiedLabel: t("copied") }
      }
    />
  );
}
