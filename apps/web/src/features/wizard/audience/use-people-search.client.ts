"use client";
import { useEffect, useState } from "react";
import { callDoor } from "../../../acting/call-door.ts";

const restMs = 250;
const mostShown = 30;
/** `hasConsent`: to marketing. */
export type FoundPerson = {
  readonly contactId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly hasConsent: boolean;
};
export type PeopleSearch = {
  readonly people: readonly FoundPerson[];
  readonly state: "idle" | "asking" | "found" | "failed";
};
type Contact = {
  readonly contactId: string;
  readonly displayName: string;
  readonly address: { readonly kind: string; readonly value: string } | null;
  readonly consent: string;
};

/** People by name or number as they are typed, once the hand rests; an answer to earlier words is not shown for these. */
export function usePeopleSearch(workspaceId: string, words: string): PeopleSearch {
  const wanted = words.trim().slice(0, 100);
  const [settled, setSettled] = useState<{ readonly words: string; readonly people: readonly FoundPerson[] | null }>({
    words: "",
    people: [],
  });
  useEffect(() => {
    if (wanted === "") return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const query = new URLSearchParams({ search: wanted });
      const done = await callDoor<{ readonly contacts: readonly Contact[] }>(`/api/workspaces/${workspaceId}/contacts?${query}`, {
        signal: stop.signal,
      });
      setSettled({ words: wanted, people: done.ok ? done.value.contacts.slice(0, mostShown).map(personOf) : null });
    };
    // an abort throws: nobody waits for that answer any more
    const timer = setTimeout(() => void ask().catch(() => undefined), restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, workspaceId]);
  if (wanted === "") return { people: [], state: "idle" };
  if (settled.words !== wanted) return { people: [], state: "asking" };
  return settled.people === null ? { people: [], state: "failed" } : { people: settled.people, state: "found" };
}

const personOf = ({ contactId, displayName, address, consent }: Contact): FoundPerson => ({
  contactId,
  name: displayName,
  phone: address?.kind === "phone" ? address.value : null,
  hasConsent: consent === "granted",
});
