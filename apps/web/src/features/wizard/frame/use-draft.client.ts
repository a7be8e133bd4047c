"use client";
import { ok, type Result } from "@herald/kernel";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { beforeSignOut } from "../../../acting/before-sign-out.ts";
import { callDoor, type DoorProblem } from "../../../acting/call-door.ts";
import { createDraftStore, type DraftStore, type Saved, type SavedDraft } from "../model/draft-store.ts";
import { keepDraft, readKeptDraft } from "../model/kept-draft.ts";
import { putAs } from "../model/put-as.ts";

export type DraftOnScreen = { readonly workspaceId: string; readonly userId: string; readonly draftId: string; readonly saved: SavedDraft };

/** Newest drafts of this page's life: what the router kept of a page that was left may be older. */
const newest = new Map<string, SavedDraft>();

/** The draft's store, for as long as the draft is on the screen; what was typed and never saved comes back to the person who typed it. */
export function useDraft({ workspaceId, userId, draftId, saved }: DraftOnScreen): DraftStore {
  const t = useTranslations("wizard.leave");
  const [{ store, doubt }] = useState(() => {
    const path = `/api/workspaces/${workspaceId}/drafts/${draftId}` as const;
    const known = newest.get(draftId);
    const door = putAs(
      userId,
      (body) => callDoor<Saved>(path, { method: "PUT", body }),
      () => callDoor<{ readonly userId: string }>("/api/auth/me"),
    );
    const draft = createDraftStore(known && known.version > saved.version ? known : saved, {
      put: door.put,
      read: () => readStored(path),
      keep: (unsaved) => keepDraft(userId, draftId, unsaved),
    });
    return { store: draft, doubt: door.doubt };
  });
  const shownTimes = useRef(0);
  useEffect(() => {
    shownTimes.current += 1;
    const time = shownTimes.current;
    const kept = readKeptDraft(userId, draftId);
    if (kept) store.restore(kept);
    const unsubscribe = store.subscribe(() => {
      const { name, content, version, save } = store.get();
      if (save.kind === "saved" && !store.hasUnsaved())
        newest.set(draftId, { name, content, version, updatedAtMs: save.atMs, updatedBy: null });
    });
    const onReturn = (): void => {
      if (document.visibilityState !== "visible") return;
      // another tab or window is where one signs in again, also as somebody else
      doubt();
      store.retry();
    };
    window.addEventListener("online", store.retry);
    window.addEventListener("focus", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      window.removeEventListener("online", store.retry);
      window.removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
      // the page is left within the panel: what is typed goes along
      void store.flush().finally(() => {
        unsubscribe();
        // not when the same store is on the screen again meanwhile, as in React's StrictMode
        if (shownTimes.current === time) store.stop();
      });
    };
  }, [doubt, draftId, store, userId]);
  useEffect(
    () =>
      beforeSignOut(async () => {
        const isSafe = (await store.flush()) || !store.hasUnsaved() || store.get().save.kind === "launched";
        return isSafe ? null : { title: t("signedOut.title"), text: t("signedOut.text") };
      }),
    [store, t],
  );
  return store;
}

type StoredAnswer = Omit<SavedDraft, "updatedAtMs"> & { readonly updatedAt: string };
async function readStored(path: `/api/${string}`): Promise<Result<SavedDraft, DoorProblem>> {
  const done = await callDoor<StoredAnswer>(path);
  if (!done.ok) return done;
  const { name, content, version, updatedAt, updatedBy } = done.value;
  return ok({ name, content, version, updatedAtMs: Date.parse(updatedAt), updatedBy });
}
