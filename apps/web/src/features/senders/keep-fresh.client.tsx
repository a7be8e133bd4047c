"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { callDoor, type DoorProblem, isSignedOut } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import { useLine } from "../../realtime/connection.client.tsx";

/** Numbers change seldom: told of something, they are asked again at most so often; told of nothing, now and then. */
const restMs = 5000;
const everyMs = 20_000;

/**
 * Renders the page anew when a campaign changed (its number may have), and now and then in any case; not while nobody looks. To whoever was signed
 * out it says so instead: the page anew would be the sign-in page, in the place of what is being typed.
 */
export function KeepFresh() {
  const router = useRouter();
  const { listen } = useLine();
  const [ended, setEnded] = useState<DoorProblem | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let askedMs = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const renew = async (): Promise<void> => {
      const me = await callDoor("/api/auth/me", { signal: stop.signal }).catch(() => null);
      if (me === null) return;
      const isOut = !me.ok && isSignedOut(me.error);
      setEnded(isOut ? me.error : null);
      if (me.ok) router.refresh();
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
  return ended === null ? null : <ProblemState problem={ended} />;
}
