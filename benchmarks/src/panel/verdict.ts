import type { Figures } from "../bench.ts";
import { percentile } from "../measure/percentile.ts";

/** What one visit of a page cost its reader. */
export type Cost = { readonly lcpMs: number; readonly routeJsKb: number; readonly inpMs: number };
/** A page without figures says why: it never counts as a quick one. */
export type PageResult = { readonly page: string } & (Cost | { readonly failed: string });

const names = ["lcpMs", "routeJsKb", "inpMs"] as const satisfies readonly (keyof Cost)[];
/** Above these the bench fails. */
const limits: Cost = { lcpMs: 1500, routeJsKb: 250, inpMs: 200 };
/** What is aimed at. */
const goals: Cost = { lcpMs: 1200, routeJsKb: 220, inpMs: 100 };

/** The usual paint, the most scripts and the slowest interaction of a page's visits. */
export function costOf(visits: readonly Cost[]): Cost {
  const all = (name: keyof Cost): readonly number[] => visits.map((visit) => visit[name]);
  return { lcpMs: percentile(all("lcpMs"), 0.5), routeJsKb: percentile(all("routeJsKb"), 1), inpMs: percentile(all("inpMs"), 1) };
}

/** Which pages are over a limit, over a goal, or without figures. */
export function verdictOn(pages: readonly PageResult[]): Figures {
  const over = (bounds: Cost): readonly string[] =>
    pages.flatMap((page) =>
      names.flatMap((name) =>
        "failed" in page || page[name] <= bounds[name] ? [] : [`${page.page} ${name} ${page[name]} > ${bounds[name]}`],
      ),
    );
  const failed = pages.flatMap((page) => ("failed" in page ? [page.page] : []));
  const overLimit = over(limits);
  return {
    pages: pages.length,
    failed,
    overLimit,
    missedGoals: over(goals),
    isWithinLimits: failed.length + overLimit.length === 0 && pages.length > 0,
  };
}
