"use client";
import { useMemo } from "react";
import { useLocale } from "use-intl";

/** "en_US" as a person reads it: "American English (en_US)". */
export function useLanguageName(): (language: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "language" });
    return (language) => {
      try {
        return `${names.of(language.replace("_", "-")) ?? language} (${language})`;
      } catch {
        return language;
      }
    };
  }, [locale]);
}
