import type { Launcher } from "@herald/campaign";
import type { Result } from "@herald/kernel";
import type { Temporal, TemporalUnreachable } from "@herald/temporal/client";

/** Temporal as the domain sees it: an order that could not be carried out is thrown, and its outbox row keeps the words and comes back. */
export function createLauncher(temporal: Temporal): Launcher {
  return {
    start: async ({ workspaceId, campaignId, runNo }) => orThrow(await temporal.start({ workspaceId, campaignId, runNo })),
    wake: async ({ workspaceId, campaignId, runNo, controlSeq }) =>
      orThrow(await temporal.wake({ workspaceId, campaignId, runNo, controlSeq })),
  };
}

function orThrow(answer: Result<void, TemporalUnreachable>): void {
  if (!answer.ok) throw new Error(`Temporal unreachable: ${answer.error.detail}`);
}
