import { demoMembers, demoPassword } from "@herald/demo";
import { chromiumPath, progressLine } from "@herald/stack";
import { type Browser, chromium } from "playwright-core";
import { countOptions, type Figures } from "../bench.ts";
import { audienceOf } from "../world/audience.ts";
import { campaignDraft } from "../world/campaigns.ts";
import { operatorOf } from "../world/operator.ts";
import type { World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";
import { useAsAReader } from "./interactions.ts";
import { pagesOf } from "./pages.ts";
import { type Visit, visit } from "./vitals.ts";

const cap = 1000;
/** Long enough for messages in every stage, short enough that most still wait. */
const sendingMs = 15_000;
const visits = 3;

export const panelBench = worldBench({
  name: "panel",
  usage: "panel --rows 100000",
  measures:
    "Each page of the panel, as the production build serves it to Chromium on the same machine: largest contentful paint and compressed scripts of a first visit (nothing cached), and the slowest of the interactions a reader makes there (palette, search, a table by keyboard). The workspace has so many people, and one campaign to all of them that has begun and was paused; medians of three visits, for INP the slowest of them.",
  withWeb: true,
  options: (args) => countOptions(args, { rows: { default: 100_000, min: 1000, max: 100_000 } }),
  measure,
});

async function measure(world: World, { rows }: { readonly rows: number }, say: (line: string) => void): Promise<readonly Figures[]> {
  const executablePath = await chromiumPath((progress) => say(progressLine(progress)));
  const { owner } = world;
  say(`seeding ${rows} people and a campaign to them`);
  const { sender, listIds } = await audienceOf(world, { cap, people: [rows] });
  const operator = await operatorOf(world);
  const worker = await world.startDispatchWorker("worker-dispatch-1", 50);
  const campaignId = await operator.launch(campaignDraft(sender.senderId, listIds[0] ?? "", "Bench of the panel"));
  await new Promise((resolve) => setTimeout(resolve, sendingMs));
  await operator.control(campaignId, "pause");
  await worker.stop();
  await owner.query("vacuum (analyze)");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const session = await signIn(browser, world.webUrl ?? "");
    const figures: Figures[] = [];
    for (const { name, path } of await pagesOf(world, campaignId)) {
      const seen: Visit[] = [];
      for (let nth = 0; nth < visits; nth += 1) seen.push(await visit(browser, session, `${world.webUrl}${path}`, useAsAReader));
      figures.push({
        page: name,
        lcpMs: median(seen.map(({ lcpMs }) => lcpMs)),
        routeJsKb: median(seen.map(({ routeJsKb }) => routeJsKb)),
        inpMs: Math.max(...seen.map(({ inpMs }) => inpMs)),
      });
    }
    return figures;
  } finally {
    await browser.close();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

async function signIn(browser: Browser, webUrl: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${webUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(demoMembers.find(({ role }) => role === "owner")?.email ?? "");
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/panel\/w\//);
  const session = await context.storageState();
  await context.close();
  return session;
}
