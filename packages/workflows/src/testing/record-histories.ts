import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { controlChangedName, controlUpdateId } from "@herald/temporal/contract";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { bundleWorkflows } from "./bundle.ts";
import { FakeCampaign } from "./fake-campaign.ts";
import { type RunningCampaign, TemporalWorld, until } from "./temporal-world.ts";

/** Histories of released workflow shapes. Added to with every release that changes the shape, never recorded anew to please the gate. */
export const historiesFolder = fileURLToPath(new URL("../../histories/", import.meta.url));

type Recording = {
  readonly campaign: FakeCampaign;
  readonly live: (running: RunningCampaign) => Promise<void>;
  readonly maxHistoryEvents?: number;
  readonly runNo?: number;
};

const announce = (running: RunningCampaign, controlSeq: number) =>
  running.handle.executeUpdate<void, [number]>(controlChangedName, { args: [controlSeq], updateId: controlUpdateId(controlSeq) });
const nothing = () => Promise.resolve();

const recordings: Readonly<Record<string, () => Recording>> = {
  straight() {
    const campaign = new FakeCampaign(2500);
    campaign.script = [
      { reason: "time_up", grant: 1000 },
      { reason: "stopping", grant: 500 },
      { reason: "drained", defer: 3 },
      { reason: "drained" },
    ];
    return { campaign, live: nothing };
  },
  "paused-and-retried"() {
    const campaign = new FakeCampaign(800);
    campaign.stageFails = true;
    campaign.failNextAttempts = 4;
    campaign.script = [
      () => {
        campaign.control("paused");
        return { reason: "paused", grant: 300 };
      },
      { reason: "blocked", grant: 10 },
      { reason: "drained", lose: 2 },
    ];
    return {
      campaign,
      async live(running) {
        await until("paused", () => campaign.flag === "paused" && campaign.calls.at(-1) === "look");
        await announce(running, campaign.control("running"));
      },
    };
  },
  "many-chunks"() {
    const campaign = new FakeCampaign(60_000);
    campaign.chunkCount = 60;
    campaign.script = [{ reason: "time_up", grant: 25_000 }, { reason: "stopping", grant: 25_000 }, { reason: "drained" }];
    return { campaign, live: nothing };
  },
  "scheduled-and-cancelled"() {
    const campaign = new FakeCampaign(400);
    campaign.scheduledAtMs = Date.now() + 300;
    campaign.script = [
      async () => {
        await until("cancelled", () => campaign.flag === "cancelled");
        return { reason: "cancelled", grant: 40 };
      },
    ];
    return {
      campaign,
      async live(running) {
        await until("a slice runs", () => campaign.calls.includes("slice"));
        await running.handle.cancel();
      },
    };
  },
  "scheduled-late-ask"() {
    const campaign = new FakeCampaign(400);
    campaign.scheduledAtMs = Date.now() + 300;
    campaign.latePolicy = "ask";
    return {
      campaign,
      async live(running) {
        await until("it asks", () => campaign.flag === "paused");
        await announce(running, campaign.control("running"));
      },
    };
  },
  "resend-run"() {
    const campaign = new FakeCampaign(7);
    campaign.runNo = 1;
    campaign.chunkCount = 40;
    campaign.script = [{ reason: "drained", defer: 2 }, { reason: "drained" }];
    return { campaign, live: nothing, runNo: 1 };
  },
  continued() {
    const campaign = new FakeCampaign(20);
    campaign.script = [...Array.from({ length: 8 }, () => ({ reason: "time_up" as const, grant: 1 })), { reason: "drained" }];
    return { campaign, live: nothing, maxHistoryEvents: 40 };
  },
};

/** Plays one campaign against a real server and answers its last run's history. */
async function record(world: TemporalWorld, { campaign, live, maxHistoryEvents, runNo = 0 }: Recording): Promise<string> {
  return world.whileServing(campaign.activities, async () => {
    const running = await world.start(maxHistoryEvents === undefined ? {} : { maxHistoryEvents }, runNo);
    await live(running);
    await running.handle.result().catch(() => undefined);
    const history = await world.client.workflow.getHandle(running.workflowId).fetchHistory();
    return `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`;
  });
}

/** `node src/testing/record-histories.ts HOST:PORT`: records what is missing in the folder; an existing history is never touched. */
async function main(address: string | undefined): Promise<void> {
  if (address === undefined) throw new Error("usage: record-histories.ts HOST:PORT of a Temporal server");
  await mkdir(historiesFolder, { recursive: true });
  const world = await TemporalWorld.open(address, await bundleWorkflows());
  for (const [name, prepare] of Object.entries(recordings)) {
    const path = `${historiesFolder}${name}.json`;
    const exists = await readFile(path).then(
      () => true,
      () => false,
    );
    if (!exists) await writeFile(path, await record(world, prepare()));
    process.stdout.write(`${name}: ${exists ? "kept" : "recorded"}\n`);
  }
  await world.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv[2]);
