import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleWorkflows } from "./testing/bundle.ts";
import { FakeCampaign } from "./testing/fake-campaign.ts";
import type { ActivityAnswer, ActivityCall } from "./testing/killable-worker.ts";
import { temporalAddress } from "./testing/real-server.ts";
import { TemporalWorld } from "./testing/temporal-world.ts";

let world: TemporalWorld;
let folder: string;
let codePath: string;
beforeAll(async () => {
  const bundle = await bundleWorkflows();
  world = await TemporalWorld.open(temporalAddress(), bundle);
  folder = await mkdtemp(join(tmpdir(), "herald-killed-"));
  codePath = join(folder, "bundle.cjs");
  await writeFile(codePath, bundle.code);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/**
 * Worker processes that are killed (-9) twice over every activity: before they did anything, and after they did it all but were not heard. The third
 * attempt is answered. What was done stays, since the campaign is in this process. A spare one is always up, as in a deployment.
 */
class WorkersThatDie {
  readonly deaths: string[] = [];
  readonly #campaign: FakeCampaign;
  readonly #children = new Set<ChildProcess>();
  #attempt = 0;

  constructor(campaign: FakeCampaign) {
    this.#campaign = campaign;
  }

  start(): void {
    const entry = fileURLToPath(new URL("./testing/killable-worker.ts", import.meta.url));
    const child = fork(entry, [world.address, world.namespace, codePath], { stdio: "inherit" });
    child.on("message", (call: ActivityCall) => void this.#take(child, call));
    this.#children.add(child);
  }

  stop(): void {
    for (const child of this.#children) child.kill("SIGKILL");
    this.#children.clear();
  }

  async #take(child: ChildProcess, { callId, name, input }: ActivityCall): Promise<void> {
    this.#attempt += 1;
    if (this.#attempt === 1) return this.#die(child, `${name}: before`);
    const act = this.#campaign.activities[name] as (input: unknown) => Promise<unknown>;
    const answer = await act(input);
    if (this.#attempt === 2) return this.#die(child, `${name}: after, unheard`);
    this.#attempt = 0;
    child.send({ callId, answer } satisfies ActivityAnswer);
  }

  #die(child: ChildProcess, how: string): void {
    this.deaths.push(how);
    child.kill("SIGKILL");
    this.#children.delete(child);
    this.start();
  }
}

test("a campaign whose worker is killed before and after every single step ends complete", { timeout: 180_000 }, async () => {
  const campaign = new FakeCampaign(300);
  campaign.script = [{ reason: "time_up", grant: 100 }, { reason: "drained", defer: 2 }, { reason: "drained" }];
  const workers = new WorkersThatDie(campaign);
  workers.start();
  workers.start();
  try {
    const { handle } = await world.start({ heartbeatTimeoutMs: 1000 });
    expect(await handle.result()).toMatchObject({ status: "sent" });
  } finally {
    workers.stop();
  }
  expect(campaign).toMatchObject({ status: "sent", queued: 0, dueAtMs: [], accepted: 300 });
  const steps = ["lookAtCampaign", "stageChunks", "dispatchSlice"].flatMap((name) => [`${name}: before`, `${name}: after, unheard`]);
  expect([...new Set(workers.deaths)].toSorted()).toEqual(steps.toSorted());
  expect(workers.deaths.length).toBeGreaterThanOrEqual(2 * 5);
});
