import { setTimeout as sleep } from "node:timers/promises";

const retryMs = 200;

/** Asks until the answer is not null; a question that fails counts as not yet. Null when the time is up. */
export async function eventually<T>(deadlineMs: number, ask: () => Promise<T | null>, everyMs = retryMs): Promise<T | null> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer !== null || performance.now() > endMs) return answer;
    await sleep(everyMs);
  }
}

/** Does it, again and again until it works; the last failure when it never does, or a failure that no repetition will cure. */
export async function untilDone<T>(
  deadlineMs: number,
  attempt: () => Promise<T>,
  isHopeless: (error: unknown) => boolean = () => false,
): Promise<T> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > endMs || isHopeless(error)) throw error;
    }
    await sleep(retryMs);
  }
}
