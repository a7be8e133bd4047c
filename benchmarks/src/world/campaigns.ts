import { LaunchCampaignInput, launchCampaign, pauseCampaign } from "@herald/campaign";
import { springSale } from "@herald/demo";
import { can } from "@herald/identity";
import { type CampaignId, expectOk, ok } from "@herald/kernel";
import { waitFor } from "@herald/stack";
import type { World } from "./world.ts";

/** Freezing 100,000 recipients on a slow machine. */
const longestLaunchMs = 300_000;
const firstRequestWithinMs = 60_000;

/** What is sent, as an operator composes it; `name` makes it a launch. */
export const campaignDraft = (senderId: string, listId: string, name: string) => {
  const { template, audience, variables } = springSale(listId);
  return { senderId, template, audience, variables, name };
};

/** Launches campaigns by the verb that stands behind `POST /api/campaigns/bulk-send`, in one transaction: all are due at the same moment. */
export async function launchTogether(world: World, senderId: string, listIds: readonly string[]): Promise<readonly CampaignId[]> {
  const { verbs, actor, workspaceId } = world;
  const allows = (action: Parameters<typeof can>[1]): boolean => can(actor, action, { onlyAdminsSend: false });
  const launched = await verbs.inTransaction(
    actor,
    workspaceId,
    async (ports) => {
      const campaignIds: CampaignId[] = [];
      for (const [index, listId] of listIds.entries()) {
        const input = LaunchCampaignInput.parse(campaignDraft(senderId, listId, `Bench ${index + 1} of ${listIds.length}`));
        const one = await launchCampaign({ ...ports, allows }, input);
        if (!one.ok) return one;
        campaignIds.push(one.value.campaignId);
      }
      return ok(campaignIds);
    },
    { maxMs: longestLaunchMs },
  );
  return expectOk(launched, "a launch was refused");
}

/** Pauses campaigns by the verb behind the door, in one transaction. Returns at its commit: what was granted before still goes out. */
export async function pauseTogether({ verbs, actor, workspaceId }: World, campaignIds: readonly CampaignId[]): Promise<void> {
  const allows = (action: Parameters<typeof can>[1]): boolean => can(actor, action, { onlyAdminsSend: false });
  const paused = await verbs.inTransaction(actor, workspaceId, async (ports) => {
    for (const campaignId of campaignIds) {
      const one = await pauseCampaign({ ...ports, allows }, { campaignId });
      if (!one.ok) return one;
    }
    return ok(undefined);
  });
  expectOk(paused, "a pause was refused");
}

/** Returns once the simulator has seen so many requests since its reset. */
export function untilSending({ provider }: World, requests: number): Promise<void> {
  return waitFor(
    "the first requests to reach the simulator",
    firstRequestWithinMs,
    async () => (await provider.summary()).requests >= requests,
  );
}
