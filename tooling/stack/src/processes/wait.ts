import { setTimeout as sleep } from "node:timers/promises";

/** A wait that reached its bound. The message says what was awaited and how long. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/**
 * Asks `probe` until it answers true. A probe that throws counts as "not yet"; its last error is in the message.
 * @param what read after "waited 10 s for", e.g. "Postgres to accept connections"
 */
export async function waitFor(what: string, timeoutMs: number, probe: () => boolean | Promise<boolean>, intervalMs = 50): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      if (await within(what, Math.max(1, deadlineMs - performance.now()), probe())) return;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() + intervalMs >= deadlineMs) break;
    await sleep(intervalMs);
  }
  const reason = lastError instanceof Error ? `: ${lastError.message}` : "";
  throw new DeadlineError(`waited ${timeoutMs / 1_000} s for ${what}${reason}`, { cause: lastError });
}

/** The promise's value, or a DeadlineError after `timeoutMs`. The work itself is not cancelled. */
export async function within<T>(what: string, timeoutMs: number, work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`waited ${Math.round(timeoutMs) / 1_000} s for ${what}`)), timeoutMs);
  });
  try {
    return await Promise.race([work, bound]);
  } finally {
    clearTimeout(timer);
  }
}
