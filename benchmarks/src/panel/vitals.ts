import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page, Response } from "playwright-core";
import { rounded } from "../measure/percentile.ts";
import { DidNotHappen, type Interaction, take } from "./interactions.ts";
import type { Cost } from "./verdict.ts";

export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;
/** The cost of a visit, and what tells where it comes from. */
export type Visit = Cost & {
  readonly firstByteMs: number;
  /** Element of the largest paint. */
  readonly painted: string;
  /** Interaction that took longest. */
  readonly slowest: string;
  /** Largest first. */
  readonly scripts: readonly { readonly path: string; readonly kb: number }[];
};

type Entry = { readonly atMs: number; readonly ms: number };
type Seen = { lcp: { atMs: number; element: string } | null; slowest: Entry | null };

/**
 * Collected in the page from its first moment, as the library web-vitals does: entries of `event` from 16 ms on, and the first input however quick.
 * Sources: web.dev/articles/lcp, web.dev/articles/inp (with fewer than 50 interactions INP is the slowest), w3.org/TR/event-timing.
 */
const observe = (): void => {
  const seen: Seen = { lcp: null, slowest: null };
  Object.assign(globalThis, { heraldVitals: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { element } = entry as PerformanceEntry & { readonly element?: Element | null };
      seen.lcp = { atMs: entry.startTime, element: element ? `<${element.localName}> ${element.textContent?.slice(0, 40) ?? ""}` : "gone" };
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const events = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId } = entry as PerformanceEntry & { readonly interactionId?: number };
      if (interactionId && entry.duration >= (seen.slowest?.ms ?? 0)) seen.slowest = { atMs: entry.startTime, ms: entry.duration };
    }
  });
  events.observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  events.observe({ type: "first-input", buffered: true });
};

type Reading = Seen & { readonly nowMs: number; readonly originMs: number; readonly firstByteMs: number };
const read = (page: Page): Promise<Reading> =>
  page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    return {
      ...(globalThis as unknown as { heraldVitals: Seen }).heraldVitals,
      nowMs: performance.now(),
      originMs: performance.timeOrigin,
      firstByteMs: (navigation as PerformanceNavigationTiming).responseStart,
    };
  });

/** Quiet for so long: everything of the first view has been painted, and every entry is told. */
const settleMs = 1500;
const withinMs = 15_000;
/** Browsers tell of no event that was quicker. */
const quickestMs = 16;

/**
 * A first visit with nothing cached, signed in as `session` is. Scripts are those that Chromium fetched until the page was at rest, before anything is
 * pressed: a polyfill marked `noModule` is not among them. Each counts as it came, or compressed as a proxy would where it came uncompressed.
 */
export async function visit(
  browser: Browser,
  of: {
    readonly url: string;
    readonly session: Session | null;
    /** In sight: the page has shown what it is for. */
    readonly isThere: (page: Page) => Promise<void>;
    readonly interactions: readonly Interaction[];
  },
): Promise<Visit> {
  const context = await browser.newContext({
    ...(of.session && { storageState: of.session }),
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(withinMs);
    const thrown: string[] = [];
    page.on("pageerror", (error) => void thrown.push(error.message));
    const fetched = new Map<string, Promise<number>>();
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script") return;
      const bytes = compressedBytes(response);
      // a page that fails closes before all of them are read
      bytes.catch(() => undefined);
      fetched.set(response.url(), bytes);
    });
    await page.addInitScript(observe);
    const answer = await page.goto(of.url, { waitUntil: "load" });
    if (answer?.status() !== 200) throw new DidNotHappen(`the page answered ${answer?.status()}`);
    await of.isThere(page);
    await page.waitForTimeout(settleMs);
    const asked = new URL(of.url);
    if (new URL(page.url()).pathname !== asked.pathname) throw new DidNotHappen(`the page led on to ${new URL(page.url()).pathname}`);
    const scripts = await Promise.all([...fetched].map(async ([url, bytes]) => ({ path: new URL(url).pathname, bytes: await bytes })));
    const first = await read(page);
    if (first.lcp === null || scripts.length === 0) throw new DidNotHappen("the browser told of no paint, or fetched no script");

    const begun: { readonly what: string; readonly atMs: number }[] = [];
    await take(page, of.interactions, { withinMs, onBegin: async (what) => void begun.push({ what, atMs: (await read(page)).nowMs }) });
    await page.waitForTimeout(settleMs);
    const last = await read(page);
    if (last.originMs !== first.originMs) throw new DidNotHappen("the page was loaded anew: what its interactions took is lost");
    if (thrown.length > 0) throw new DidNotHappen(`the page threw: ${thrown[0]}`);
    const { slowest } = last;
    if (slowest === null) throw new DidNotHappen("the browser told of no interaction");
    return {
      lcpMs: Math.round(first.lcp.atMs),
      routeJsKb: rounded(scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, 1),
      inpMs: Math.max(quickestMs, slowest.ms),
      firstByteMs: Math.round(first.firstByteMs),
      painted: first.lcp.element,
      slowest: begun.findLast(({ atMs }) => atMs <= slowest.atMs)?.what ?? "before the first",
      scripts: scripts.map(({ path, bytes }) => ({ path, kb: rounded(bytes / 1000, 1) })).toSorted((one, other) => other.kb - one.kb),
    };
  } finally {
    await context.close();
  }
}

/** A body that came compressed counts as it came. */
async function compressedBytes(response: Response): Promise<number> {
  const isCompressed = response.headers()["content-encoding"] !== undefined;
  return isCompressed ? (await response.request().sizes()).responseBodySize : gzipSync(await response.body()).length;
}
