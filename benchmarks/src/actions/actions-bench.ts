import { type CampaignId } from "@herald/kernel";
import { waitFor } from "@herald/stack";
import { CannotMeasure, countOptions, type Figures } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { parseExposition } from "../measure/prometheus.ts";
import { audienceOf } from "../world/audience.ts";
import { launchTogether, untilSending } from "../world/campaigns.ts";
import type { World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";
import { actionsByKind, actionsSince, heartbeatRequests, mayAgree } from "./count-actions.ts";

const cap = 80;
const patienceSeconds = 120;

export const actionsBench = worldBench({
  name: "actions",
  usage: "actions --recipients 50000",
  measures:
    "What a campaign at 80/s costs on Temporal Cloud, in Actions per 1,000 messages: read from the Temporal server's own metrics from the launch to the campaign's end, and its heartbeats held against those that the SDK's metrics say were sent. The campaign takes its full time (50,000: eleven minutes). No receipts: they come by HTTP and cost no Action.",
  withWeb: false,
  options: (args) => countOptions(args, { recipients: { default: 50_000, min: 100, max: 50_000 } }),
  measure,
});

async function measure(world: World, { recipients }: { readonly recipients: number }, say: (line: string) => void): Promise<Figures> {
  const { sender, listIds } = await audienceOf(world, { cap, people: [recipients] });
  const worker = await world.startDispatchWorker("worker-dispatch-1", 50);
  const serverUrl = serverMetricsUrl(world);
  const before = await scrape(serverUrl);
  const [campaignId] = await launchTogether(world, sender.senderId, listIds);
  await world.provider.simulator.holdReceipts();
  await untilSending(world, 1);
  say(`sending ${recipients} messages at ${cap}/s: about ${Math.ceil(recipients / cap)} s`);
  await untilFinal(world, campaignId, (recipients / cap + patienceSeconds) * 1000, say);
  const after = await scrape(serverUrl);
  const byKind = actionsSince(actionsByKind(before), actionsByKind(after));
  const sent = heartbeatRequests(await scrape(worker.sdkMetricsUrl));
  const received = heartbeatRequests(await scrape(serverUrl)) - heartbeatRequests(before);
  if (!mayAgree({ sent, received, activities: byKind["command_ScheduleActivityTask"] ?? 0 }))
    throw new CannotMeasure(`the worker's SDK counts ${sent} heartbeats sent, the server ${received} received`);
  const { requests: messages } = await world.provider.summary();
  // what was sent and is not known to have arrived is counted too
  const actions = Object.values(byKind).reduce((sum, count) => sum + count, 0) + Math.max(0, sent - received);
  return { messages, actions, per1000: rounded((actions / messages) * 1000, 3), byKind, heartbeats: { sent, received } };
}

function serverMetricsUrl({ stack }: World): string {
  const port = stack.servers.find(({ name }) => name === "temporal")?.ports[1];
  if (port === undefined) throw new CannotMeasure("the Temporal server is not the stack's own, so its metrics cannot be read");
  return `http://127.0.0.1:${port}/metrics`;
}

const scrape = async (url: string) => parseExposition(await (await fetch(url)).text());

async function untilFinal(
  { owner }: World,
  campaignId: CampaignId | undefined,
  withinMs: number,
  say: (line: string) => void,
): Promise<void> {
  let told = 0;
  await waitFor(
    "the campaign to end",
    withinMs,
    async () => {
      const { rows } = await owner.query<{ status: string; queued: number }>(
        "select h.status, n.queued from campaign_history h, herald.campaign_counts(h.id) n where h.id = $1",
        [campaignId],
      );
      const { status, queued } = rows[0] ?? { status: "missing", queued: 0 };
      if (performance.now() - told > 60_000) {
        told = performance.now();
        say(`${queued} to go`);
      }
      return ["sent", "partially_sent", "failed", "cancelled"].includes(status);
    },
    1000,
  );
}
