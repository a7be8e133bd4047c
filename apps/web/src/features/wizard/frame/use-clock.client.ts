"use client";
import { useEffect, useState } from "react";
import { useNow } from "use-intl";

const tickMs = 30_000;

/**
 * The time that it is, not older than half a minute. Drawn first with the server's `now`, so that both render the same; `useNow` itself,
 * also with an interval, begins with the time of the page load again in every part that appears later.
 */
export function useClock(): Date {
  const loadedAt = useNow();
  const [now, setNow] = useState(loadedAt);
  useEffect(() => {
    const tick = (): void => setNow(new Date());
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
