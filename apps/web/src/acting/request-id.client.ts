"use client";
import type { CopyableIdProps } from "@herald/ui/copyable-id";
import { useCallback } from "react";
import { useTranslations } from "use-intl";

/** The id under which the log knows a request, as a chip that copies it; nothing where there is none. */
export function useRequestIdChip(): (requestId: string | undefined) => CopyableIdProps | undefined {
  const t = useTranslations("base");
  return useCallback(
    (requestId) =>
      requestId === undefined ? undefined : { value: requestId, label: t("requestId"), copyLabel: t("copy"), copiedLabel: t("copied") },
    [t],
  );
}
