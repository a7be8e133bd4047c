import { waitFor } from "@herald/stack";
import { countOptions, type Figures } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { watchProcesses } from "../measure/process-watch.ts";
import { audienceOf, knownCaps } from "../world/audience.ts";
import { campaignDraft } from "../world/campaigns.ts";
import { operatorOf } from "../world/operator.ts";
import type { World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";
import { auditCampaign } from "./audit.ts";

const patienceSeconds = 900;
const finalStatuses = new Set(["sent", "partially_sent", "failed", "cancelled"]);

export const campaignBench = worldBench({
  name: "campaign",
  usage: "campaign --recipients 100000 --cap 1000",
  measures:
    "One whole campaign through every part, receipts included: launched at the web's door, sent by one worker process, receipts by signed webhooks to the web, until its status is final and the last receipt is in the ledger; then ledger and simulator are compared message by message. The workspace's limit is raised for it. Seconds are from the click to the final status; CPU and memory of each process are from the click to the last receipt, a process with its children (Postgres: all backends).",
  withWeb: true,
  options: (args) =>
    countOptions(args, {
      recipients: { default: 100_000, min: 1, max: 1_000_000 },
      cap: { default: 1000, min: 20, max: 1000, among: knownCaps },
    }),
  measure,
});

async function measure(
  world: World,
  { recipients, cap }: Readonly<Record<"recipients" | "cap", number>>,
  say: (line: string) => void,
): Promise<Figures> {
  const { owner, provider } = world;
  const { sender, listIds } = await audienceOf(world, { cap, people: [recipients] });
  await world.startDispatchWorker("worker-dispatch-1", 50);
  const operator = await operatorOf(world);
  const watch = watchProcesses(world.processes());
  const clickedMs = performance.now();
  const campaignId = await operator.launch(campaignDraft(sender.senderId, listIds[0] ?? "", "Bench campaign"));
  say(`launched after ${Math.round(performance.now() - clickedMs)} ms`);
  const patienceMs = (recipients / cap + patienceSeconds) * 1000;
  await waitFor(
    "the campaign to end",
    patienceMs,
    async () => finalStatuses.has((await operator.campaign(campaignId)).campaign.status),
    500,
  );
  const seconds = (performance.now() - clickedMs) / 1000;
  say(`final after ${Math.round(seconds)} s; waiting for the last receipts`);
  await waitFor("the last receipt to be in the ledger", patienceMs, () => isQuiet(world), 1000);
  const processes = watch.end().map(({ cpuSeconds, ...use }) => ({ ...use, cpuSeconds: rounded(cpuSeconds, 1) }));
  say(`quiet after ${Math.round((performance.now() - clickedMs) / 1000)} s; comparing with the simulator`);
  const audit = await auditCampaign(owner, provider.simulator, campaignId);
  for (const words of audit.disagreements.slice(0, 10)) say(`  ${words}`);
  return {
    recipients,
    seconds: rounded(seconds, 1),
    balanced: audit.isBalanced,
    equalToTruth: audit.disagreements.length === 0,
    doubled: audit.doubled,
    lost: audit.lost,
    processes: processes.map(({ name, cpuSeconds, rssMaxMb }) => ({ name, cpuSeconds, rssMaxMb })),
  };
}

/** The provider has nothing left to tell, and all it told was drained. */
async function isQuiet({ owner, provider }: World): Promise<boolean> {
  if (!(await provider.summary()).queueEmpty) return false;
  const { rows } = await owner.query<{ waiting: number }>("select count(*)::int as waiting from webhook_inbox where drained_at is null");
  return rows[0]?.waiting === 0;
}
