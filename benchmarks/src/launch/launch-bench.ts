import { waitFor } from "@herald/stack";
import { countOptions, type Figures } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { audienceOf } from "../world/audience.ts";
import { campaignDraft } from "../world/campaigns.ts";
import { operatorOf } from "../world/operator.ts";
import { nowMs } from "../world/provider.ts";
import type { World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";

const cap = 80;
const warmUpRecipients = 100;
const longestMs = 120_000;

export const launchBench = worldBench({
  name: "launch",
  usage: "launch --recipients 50000",
  measures:
    "From the click to the first message: POST /api/campaigns/bulk-send at the production build of the web until the simulator has its first request. Everything is in it: the freeze, the ledger, outbox, workflow, staging, slice and gate. A campaign of 100 goes before, so that a service that runs is measured and not one that starts.",
  withWeb: true,
  options: (args) => countOptions(args, { recipients: { default: 50_000, min: 1, max: 50_000 } }),
  measure,
});

async function measure(world: World, { recipients }: { readonly recipients: number }, say: (line: string) => void): Promise<Figures> {
  const { provider } = world;
  const { sender, listIds } = await audienceOf(world, { cap, people: [warmUpRecipients, recipients] });
  const [warmUp = "", list = ""] = listIds;
  await world.startDispatchWorker("worker-dispatch-1", 50);
  const operator = await operatorOf(world);
  await operator.launch(campaignDraft(sender.senderId, warmUp, "Bench warm-up"));
  await waitFor("the warm-up to be sent", longestMs, async () => (await provider.summary()).requests >= warmUpRecipients);
  await provider.untilAnswered();
  await provider.freshRequests();
  say(`launching ${recipients} recipients`);
  const clickedMs = nowMs();
  const campaignId = await operator.launch(campaignDraft(sender.senderId, list, "Bench launch"));
  say(`the door answered after ${Math.round(nowMs() - clickedMs)} ms`);
  let firstMs: number | undefined;
  await waitFor("the first request", longestMs, async () => {
    firstMs = (await provider.freshRequests()).find((request) => request.campaignId === campaignId)?.atMs;
    return firstMs !== undefined;
  });
  return { seconds: rounded(((firstMs ?? Number.NaN) - clickedMs) / 1000, 3) };
}
