"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { callDoor, isSignedOut } from "../../acting/call-door.ts";
import { useLine } from "../../realtime/connection.client.tsx";
import { LiveChip } from "../../realtime/connection-chip.client.tsx";

/** Numbers change seldom: told of something, they are asked again at most so often; told of nothing, now and then. */
const restMs = 5000;
const everyMs = 20_000;
/** An answer that takes longer is none. */
const answerMs = 10_000;
/** How old the page may grow before it is called old: the longest pause between two of them, and the longest answer. */
const staleAfterMs = everyMs + answerMs + 2000;

/**
 * Renders the page anew when a campaign changed (its number may have), and now and then in any case; not while nobody looks. Says of when the page is
 * (`atMs`) once that fails. To whoever was signed out it says so instead: the page anew would be the sign-in page, in the place of what is being typed.
 */
export function KeepFresh({ atMs }: { readonly atMs: number }) {
  const router = useRouter();
  const { isConnected, listen } = useLine();
  const [failure, setFailure] = useState<"stale" | "signedOut" | null>(null);
  /** The page of this time was not followed by another one. */
  const [oldAtMs, setOld] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setOld(atMs), staleAfterMs);
    return () => clearTimeout(timer);
  }, [atMs]);
  useEffect(() => {
    const stop = new AbortController();
    let askedMs = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const renew = async (): Promise<void> => {
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(answerMs)]);
      const me = await callDoor("/api/auth/me", { signal }).catch(() => null);
      if (stop.signal.aborted) return;
      if (me?.ok) {
        setFailure(null);
        router.refresh();
      } else setFailure(me !== null && isSignedOut(me.error) ? "signedOut" : "stale");
    };
    const ask = (): void => {
      askedMs = Date.now();
      if (document.visibilityState === "visible") void renew();
      wait(everyMs);
    };
    const wait = (forMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(ask, forMs);
    };
    const hurry = (): void => wait(Math.max(0, askedMs + restMs - Date.now()));
    const unlisten = listen(hurry);
    // back from the tab in which one signed in again
    document.addEventListener("visibilitychange", hurry);
    wait(everyMs);
    return () => {
      stop.abort();
      clearTimeout(timer);
      unlisten();
      document.removeEventListener("visibilitychange", hurry);
    };
  }, [router, listen]);
  const isOld = oldAtMs === atMs;
  return <LiveChip connection={failure ?? (isOld ? "stale" : isConnected ? "live" : "reconnecting")} asOfMs={atMs} />;
}
