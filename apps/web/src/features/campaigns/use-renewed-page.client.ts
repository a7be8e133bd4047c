"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLine } from "../../realtime/connection.client.tsx";
import type { Asked } from "./newest-lines.ts";

/** A campaign that is not on the page asks for the page at most so often, and the same one again only after `againMs`. */
const restMs = 5000;
const againMs = 30_000;

export type RenewedPage = {
  /** Ids of the rows, with commas between them. */
  readonly ids: string;
  readonly attention: number;
  readonly atMs: number;
  /** The newest answer about the rows; null before the first. */
  readonly asked: Asked | null;
  /** Asks about the rows. */
  readonly ask: () => void;
  readonly isTold: boolean;
  /** The reader waits for another page, or is being asked something: this one stays as it is until that is settled. */
  readonly isHeld: boolean;
};

/**
 * Renders the page anew when a campaign may have come to it or left it, which the server alone knows: when the figure of those that need somebody is
 * no longer the page's, once per figure; when a campaign changed that is not on it; and now and then while nobody tells us. Each after an answer
 * about the rows: to whoever was signed out the page anew would be the sign-in page.
 */
export function useRenewedPage({ ids, attention, atMs, asked, ask, isTold, isHeld }: RenewedPage): void {
  const router = useRouter();
  const { listen } = useLine();
  /** `since`: the answer there was when the page was wanted; the one after it says that the session lasts. */
  const [wanted, setWanted] = useState<{ readonly since: Asked | null } | null>(null);
  const now = useRef({ ids, asked });
  useEffect(() => {
    now.current = { ids, asked };
  }, [ids, asked]);
  const renewedFor = useRef<number | null>(null);
  const renewedMs = useRef(Number.NEGATIVE_INFINITY);
  const dueMs = useRef(Number.POSITIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const wantAt = useCallback(
    (atMsHere: number) => {
      if (atMsHere >= dueMs.current) return;
      dueMs.current = atMsHere;
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () => {
          dueMs.current = Number.POSITIVE_INFINITY;
          setWanted({ since: now.current.asked });
          ask();
        },
        Math.max(0, atMsHere - performance.now()),
      );
    },
    [ask],
  );

  useEffect(() => {
    renewedMs.current = performance.now();
    const askedForMs = new Map<string | null, number>([[null, performance.now()]]);
    const unlisten = listen((changed) => {
      if (changed !== null && now.current.ids.split(",").includes(changed)) return;
      const here = performance.now();
      // a new line comes with the page itself; later ones may have missed something
      const pauseMs = changed === null ? restMs : againMs;
      const dueHere = Math.max(here, renewedMs.current + restMs, (askedForMs.get(changed) ?? Number.NEGATIVE_INFINITY) + pauseMs);
      if (changed === null && dueHere > here) return;
      askedForMs.set(changed, dueHere);
      wantAt(dueHere);
    });
    return () => {
      unlisten();
      clearTimeout(timer.current);
      dueMs.current = Number.POSITIVE_INFINITY;
    };
  }, [listen, wantAt]);

  useEffect(() => {
    if (isTold) return;
    const alone = setInterval(() => {
      if (document.visibilityState === "visible") wantAt(performance.now());
    }, againMs);
    return () => clearInterval(alone);
  }, [isTold, wantAt]);

  useEffect(() => {
    if (asked === null || isHeld) return;
    if (asked.attention === attention) renewedFor.current = null;
    // an answer from before this page says nothing about it
    const isOther = asked.pageAtMs >= atMs && asked.attention !== attention && asked.attention !== renewedFor.current;
    const isWanted = wanted !== null && wanted.since !== asked;
    if (!isOther && !isWanted) return;
    if (isOther) renewedFor.current = asked.attention;
    renewedMs.current = performance.now();
    setWanted(null);
    router.refresh();
  }, [asked, attention, atMs, isHeld, router, wanted]);
}
