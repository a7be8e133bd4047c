"use client";
import { StaleBanner } from "@herald/ui/connection";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

const everyMs = 20_000;
const parts = ["postgres", "auth", "temporal", "redis", "realtime"] as const;
type Part = (typeof parts)[number];
type HealthAnswer = { readonly services: Readonly<Record<string, { readonly state: "up" | "down" | "not_configured" }>> };

/** What is down, and what that means for sending. Nothing while all is well. */
export function HealthBanner() {
  const t = useTranslations("shell.health");
  const [down, setDown] = useState<readonly (Part | "panel")[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      const health = await readHealth(stop.signal);
      if (stop.signal.aborted) return;
      setDown(health ? parts.filter((part) => health.services[part]?.state === "down") : ["panel"]);
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, []);
  if (down.length === 0) return null;
  return (
    <StaleBanner>
      {down.map((part) => (
        <p key={part}>{t(part)}</p>
      ))}
    </StaleBanner>
  );
}

/** Not by `callDoor`: the door says 503 with the same body while something essential is down. Null: nobody answered. */
async function readHealth(signal: AbortSignal): Promise<HealthAnswer | null> {
  try {
    const body: unknown = await (await fetch("/api/health", { signal, cache: "no-store" })).json();
    return typeof body === "object" && body !== null && "services" in body ? (body as HealthAnswer) : null;
  } catch {
    return null;
  }
}
