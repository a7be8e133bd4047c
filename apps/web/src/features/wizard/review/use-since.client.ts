"use client";
import { useMemo, useSyncExternalStore } from "react";
import { useWizard } from "../frame/wizard.client.tsx";
import type { Seen } from "../model/draft-content.ts";
import { readSeen, seenPlace } from "../model/seen.ts";

/** `by`: the reader saw these figures; or nobody of this browser did, and they were kept with the draft when it was last changed. */
export type Since = { readonly by: "you" | "draft"; readonly seen: Seen };

/** What the figures of the review are compared with: what this person last saw, never what a colleague looked at. */
export function useSince(): Since | null {
  const { userId, draftId, content } = useWizard();
  const text = useSyncExternalStore(
    neverTold,
    () => kept(seenPlace(userId, draftId)),
    () => null,
  );
  return useMemo(() => {
    const own = readSeen(text);
    if (own !== null) return { by: "you", seen: own };
    return content.seen === undefined ? null : { by: "draft", seen: content.seen };
  }, [content.seen, text]);
}

const neverTold = () => () => undefined;
function kept(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}
