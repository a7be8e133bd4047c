"use client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { type Cause, causeWordsOf } from "./cause-words.ts";

/** A cause in plain words, in the browser. Needs `ClientWords` with `codes`. */
export function useCauseWords(): (cause: Cause) => string {
  const t = useTranslations("codes");
  return useCallback((cause) => causeWordsOf(t, cause), [t]);
}
