import type { Launcher, LaunchFeed } from "./start-feed.ts";

const retryInMs = 1000;

/** Starts and wakes workflows from the outbox. Idempotent by workflow id and control_seq, so a repeated order does nothing. */
export async function drainLaunches(deps: { readonly feed: LaunchFeed; readonly launcher: Launcher }, limit: number): Promise<number> {
  const orders = await deps.feed.claim(limit);
  let done = 0;
  for (const order of orders) {
    try {
      if (order.kind === "workflow.start") await deps.launcher.start(order);
      else await deps.launcher.wake(order);
      await deps.feed.markDone([order.outboxId]);
      done += 1;
    } catch (error) {
      await deps.feed.markProblem(order.outboxId, error instanceof Error ? error.message : "unknown problem", retryInMs);
    }
  }
  return done;
}

/** The watchdog: a campaign that is not final has an open workflow, also after Temporal lost its database. Answers how many it saw to. */
export async function watchCampaigns(deps: { readonly feed: LaunchFeed; readonly launcher: Launcher }): Promise<number> {
  const campaigns = await deps.feed.toWatch();
  for (const campaign of campaigns) await deps.launcher.start(campaign);
  return campaigns.length;
}
