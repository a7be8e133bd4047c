import type { Health, ServiceState } from "../doors/services.ts";

export type Check = {
  readonly isEssential: boolean /** Null: this deployment has no such part. */;
  readonly isReachable: (() => Promise<boolean>) | null;
};

const deadlineMs = 2000;

/** Asks every service at once, each within the deadline. `down` when an essential one is away, `degraded` when another is. */
export async function readHealth(checks: Readonly<Record<string, Check>>): Promise<Health> {
  const states = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const));
  const services = Object.fromEntries(states);
  const away = Object.entries(checks).filter(([name]) => services[name]?.state !== "up");
  const status = away.some(([, check]) => check.isEssential) ? "down" : away.some(([, check]) => check.isReachable) ? "degraded" : "ok";
  return { status, services };
}

async function stateOf(check: Check): Promise<ServiceState> {
  if (!check.isReachable) return { state: "not_configured", latencyMs: null };
  const startedMs = performance.now();
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, deadlineMs, false);
  const isUp = await Promise.race([check.isReachable().catch(() => false), late]).finally(() => clearTimeout(timer));
  return isUp ? { state: "up", latencyMs: Math.round(performance.now() - startedMs) } : { state: "down", latencyMs: null };
}

/** Whatever it answers, somebody is there. */
export const answersHttp = async (url: string): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(deadlineMs) })).status < 500;
