import { cpus, freemem, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { demoMembers, demoPassword } from "@herald/demo";
import { chromiumPath, progressLine } from "@herald/stack";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { countOption, type Figures, UsageError } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import type { World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";
import { pagesOf } from "./pages.ts";
import type { PanelPage } from "./panel-page.ts";
import { seedPanel } from "./seed-panel.ts";
import { costOf, type PageResult, verdictOn } from "./verdict.ts";
import { type Session, type Visit, visit } from "./vitals.ts";

type Options = { readonly rows: number; readonly visits: number; readonly only: readonly string[] };

export const panelBench = worldBench({
  name: "panel",
  usage: "panel --rows 100000 --visits 3",
  measures:
    "Each page of the panel, as the production build serves it to Chromium on the same machine, which also runs all servers. routeJsKb: every script that Chromium fetched in a first visit with nothing cached, framework and what it prefetched included, gzipped (the polyfill marked noModule is not fetched, so not counted). lcpMs: largest contentful paint, the median of the visits. inpMs: the slowest of the interactions of all visits, from the press to the next paint (16 where all were quicker); an interaction that does not happen fails its page. The workspace has so many people, and a campaign to all of them that goes on meanwhile at 5 a second. Fails above 1,500 ms, 250 kB or 200 ms.",
  withWeb: true,
  options,
  measure,
});

/** `--only contacts,why`: for whoever mends one page. */
function options(args: readonly string[]): Options {
  const names = {
    rows: { type: "string", default: "100000" },
    visits: { type: "string", default: "3" },
    only: { type: "string", default: "" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: names });
    return {
      rows: countOption("rows", values.rows, { min: 10_000, max: 1_000_000 }),
      visits: countOption("visits", values.visits, { min: 1, max: 15 }),
      only: values.only === "" ? [] : values.only.split(","),
    };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

async function measure(world: World, { rows, visits, only }: Options, say: (line: string) => void): Promise<readonly Figures[]> {
  const executablePath = await chromiumPath((progress) => say(progressLine(progress)));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const context = await signIn(browser, world.webUrl ?? "");
    const seeded = await seedPanel(world, context.request, rows, say);
    const session = await context.storageState();
    await context.close();
    const pages = pagesOf(world.webUrl ?? "", world.workspaceId, seeded).filter(({ name }) => only.length === 0 || only.includes(name));
    if (pages.length === 0) throw new UsageError(`there is no page "${only.join(",")}"`);
    const machine = await machineNow();
    say(`before the first visit: ${JSON.stringify(machine)}`);
    const results: PageResult[] = [];
    for (const page of pages) results.push(await resultOf(page, { browser, session, visits, say }));
    const scripts = "all that Chromium fetched, gzipped; the noModule polyfill is not fetched";
    return [...results, { rows, visits, ...machine, scripts, ...verdictOn(results) }];
  } finally {
    await browser.close();
  }
}

type Measuring = { readonly browser: Browser; readonly session: Session; readonly visits: number; readonly say: (line: string) => void };

/** A page that fails does not keep the others from being measured. */
async function resultOf(page: PanelPage, { browser, session, visits, say }: Measuring): Promise<PageResult> {
  const seen: Visit[] = [];
  try {
    for (let nth = 0; nth < visits; nth += 1)
      seen.push(
        await visit(browser, {
          url: page.url,
          session: page.isOutside ? null : session,
          isThere: (window) => page.shows(window).first().waitFor(),
          interactions: page.interactions(),
        }),
      );
  } catch (error) {
    const failed = (error as Error).message.split("\n").slice(0, 3).join(" ");
    say(`${page.name}: FAILED. ${failed}`);
    return { page: page.name, failed };
  }
  const cost = costOf(seen);
  const one = (name: "lcpMs" | "firstByteMs" | "inpMs"): string => seen.map((each) => each[name]).join(" / ");
  const [worst] = seen.toSorted((first, second) => second.inpMs - first.inpMs);
  say(
    `${page.name}: LCP ${one("lcpMs")} ms on ${worst?.painted ?? ""}, first byte ${one("firstByteMs")} ms; INP ${one("inpMs")} ms, slowest to ${worst?.slowest ?? ""}; ${cost.routeJsKb} kB in ${worst?.scripts.length ?? 0} scripts, the largest ${largest(worst)}`,
  );
  return { page: page.name, ...cost };
}

const largest = (of: Visit | undefined): string =>
  (of?.scripts ?? [])
    .slice(0, 5)
    .map(({ path, kb }) => `${path.split("/").at(-1)} ${kb}`)
    .join(", ");

/** How busy the machine is before it is measured on, all servers at work: figures of a busy one are none. */
async function machineNow(): Promise<Figures> {
  const times = (): { readonly idle: number; readonly all: number } => {
    const all = cpus().flatMap(({ times: each }) => Object.values(each));
    return { idle: cpus().reduce((sum, { times: each }) => sum + each.idle, 0), all: all.reduce((sum, each) => sum + each, 0) };
  };
  const before = times();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const after = times();
  return {
    busyShareBefore: rounded(1 - (after.idle - before.idle) / (after.all - before.all), 2),
    loadBefore: rounded(loadavg()[0] ?? 0, 2),
    freeMemoryGb: rounded(freemem() / 2 ** 30, 1),
  };
}

async function signIn(browser: Browser, webUrl: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${webUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(demoMembers.find(({ role }) => role === "owner")?.email ?? "");
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/panel\/w\/[^/]+\/campaigns/);
  return context;
}
