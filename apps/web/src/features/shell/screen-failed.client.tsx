"use client";
import { Button } from "@herald/ui/button";
import { ErrorState } from "@herald/ui/error-state";
import { useTranslations } from "use-intl";
import { useRequestIdChip } from "../../acting/request-id.client.ts";

/** In the place of a screen that could not be rendered; `digest` is what the server's log knows it by. `retry` asks the server anew, `reset` would only show the same again. */
export function ScreenFailed({ error, retry }: { readonly error: Error & { readonly digest?: string }; readonly retry: () => void }) {
  const t = useTranslations("base");
  const chipOf = useRequestIdChip();
  return (
    <ErrorState
      title={t("failed.title")}
      meaning={t("failed.meaning")}
      cure={t("failed.cure")}
      action={<Button onClick={retry}>{t("tryAgain")}</Button>}
      requestId={chipOf(error.digest)}
    />
  );
}
