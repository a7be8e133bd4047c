import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page, Response } from "playwright-core";
import { rounded } from "../measure/percentile.ts";

/** What one visit of a page cost its reader. */
export type Visit = { readonly lcpMs: number; readonly routeJsKb: number; readonly inpMs: number };

type Seen = { lcpMs: number; slowestMs: number };
/** Collected in the page from its first moment. Sources: web.dev/articles/lcp and web.dev/articles/inp; with few interactions INP is the slowest one. */
const observe = (): void => {
  const seen: Seen = { lcpMs: 0, slowestMs: 0 };
  Object.assign(globalThis, { heraldVitals: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcpMs = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ((entry as PerformanceEntry & { interactionId?: number }).interactionId) seen.slowestMs = Math.max(seen.slowestMs, entry.duration);
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
};
const readVitals = (page: Page): Promise<Seen> => page.evaluate(() => (globalThis as unknown as { heraldVitals: Seen }).heraldVitals);

/** Quiet for so long: everything of the first view has been painted. */
const settleMs = 1500;

/** A first visit: nothing cached, signed in as `session` is. Scripts are counted as they arrive before anything is pressed, each compressed as a proxy would. */
export async function visit(
  browser: Browser,
  session: Awaited<ReturnType<BrowserContext["storageState"]>>,
  url: string,
  interact: (page: Page) => Promise<void>,
): Promise<Visit> {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(gzippedBytes(response));
    });
    await page.addInitScript(observe);
    const answer = await page.goto(url, { waitUntil: "load" });
    if (answer?.status() !== 200) throw new Error(`${new URL(url).pathname} answered ${answer?.status()}`);
    await page.waitForTimeout(settleMs);
    const bytes = (await Promise.all(scripts)).reduce((sum, each) => sum + each, 0);
    const { lcpMs } = await readVitals(page);
    await interact(page);
    await page.waitForTimeout(settleMs);
    return { lcpMs: Math.round(lcpMs), routeJsKb: rounded(bytes / 1000, 1), inpMs: (await readVitals(page)).slowestMs };
  } finally {
    await context.close();
  }
}

const gzippedBytes = async (response: Response): Promise<number> => gzipSync(await response.body()).length;
