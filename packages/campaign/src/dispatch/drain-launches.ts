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

/**
 * The watchdog: a campaign that is not final has an open workflow, also after Temporal lost its database. Answers how many it saw to.
 * One start that fails keeps no other waiting; rejects with all failures once every campaign had its turn.
 */
export async function watchCampaigns(deps: { readonly feed: LaunchFeed; readonly launcher: Launcher }): Promise<number> {
  const campaigns = await deps.feed.toWatch();
  const failures: unknown[] = [];
  for (const campaign of campaigns) {
    try {
      await deps.launcher.start(campaign);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${campaigns.length} campaigns could not be started`);
  return campaigns.length;
}
