"use client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";

/** A size of a file as people say it: "2.1 MB". */
export function useSize(): (bytes: number) => string {
  const t = useTranslations("imports.new.size");
  return useCallback(
    (bytes) => (bytes >= 1_000_000 ? t("MB", { size: bytes / 1_000_000 }) : t("kB", { size: Math.max(1, Math.round(bytes / 1000)) })),
    [t],
  );
}
