import { defaultPace } from "@herald/campaign";
import type { Start } from "./answers/campaign.ts";
import type { Services } from "./services.ts";

/** A margin for the commit's way to the gate and this process's timer. */
const marginMs = 25;

/**
 * Law L6: a grant made just before the commit may still begin its requests for one horizon. The answer waits until that is over,
 * on this process's own monotonic clock, so it needs neither Temporal nor a worker.
 */
export async function untilObeyed(services: Services): Promise<void> {
  await services.clock.sleep(defaultPace.horizonMs + marginMs);
}

/** The start is ordered already, by the outbox; this only tells whether Temporal can be asked now. */
export async function tellStart(services: Services): Promise<Start> {
  const isReachable = (await services.durable?.isReachable()) ?? false;
  return isReachable ? { start: "starting", note: null } : { start: "queued", note: "Temporal unreachable: starts by itself." };
}
