import { defaultPace } from "@herald/campaign";
import { type CampaignId, ok } from "@herald/kernel";
import type { Start } from "./answers/campaign.ts";
import type { Access, Services } from "./services.ts";

/** A margin for the commit's way to the gate and this process's timer. */
const marginMs = 25;

/**
 * Law L6: a grant made just before the commit may still begin its requests for one horizon. The answer waits until that is over,
 * on this process's own monotonic clock, so it needs neither Temporal nor a worker.
 */
export async function untilObeyed(services: Services): Promise<void> {
  await services.clock.sleep(defaultPace.horizonMs + marginMs);
}

type Committed = { readonly access: Access; readonly value: { readonly campaignId: CampaignId } };

/** The start is ordered already, by the outbox; this only tells whether Temporal can be asked now, and whether a kill switch holds what was started. */
export async function tellStart(services: Services, committed: Committed): Promise<Start> {
  const isReachable = (await services.durable?.isReachable()) ?? false;
  const notes = [isReachable ? null : "Temporal unreachable: starts by itself.", await tellKilled(services, committed)];
  return { start: isReachable ? "starting" : "queued", note: notes.filter((note) => note !== null).join(" ") || null };
}

/** A sentence while a kill switch is on; null while none is, or while nobody can say: the change stands either way. */
export async function tellKilled(services: Services, { access, value }: Committed): Promise<string | null> {
  try {
    const pace = await services.transactions.run(access, async (ctx) => ok(await ctx.reports.pace(value.campaignId)));
    return pace.ok && pace.value.killedBy !== null
      ? `The kill switch of the ${pace.value.killedBy} is on: nothing is sent until it is let go.`
      : null;
  } catch (error) {
    if (services.isUnavailable(error)) return null;
    throw error;
  }
}
