"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLine } from "../../realtime/connection.client.tsx";

/** Numbers change seldom: told of something, they are asked again at most so often; told of nothing, now and then. */
const restMs = 5000;
const everyMs = 20_000;

/** Renders the page anew when a campaign changed (its number may have), and now and then in any case; not while nobody looks. */
export function KeepFresh() {
  const router = useRouter();
  const { listen } = useLine();
  useEffect(() => {
    let askedMs = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const ask = (): void => {
      askedMs = Date.now();
      if (document.visibilityState === "visible") router.refresh();
      wait(everyMs);
    };
    const wait = (forMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(ask, forMs);
    };
    const unlisten = listen(() => wait(Math.max(0, askedMs + restMs - Date.now())));
    wait(everyMs);
    return () => {
      clearTimeout(timer);
      unlisten();
    };
  }, [router, listen]);
  return null;
}
