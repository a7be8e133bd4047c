import type { DraftFacts } from "@herald/campaign";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";

/** In the order of the page, which stays put while the figures move. */
export type Item = { readonly row: CampaignRow } | { readonly draft: DraftFacts };
/** Rows and the figure beside them, as the page brought them or as they were asked for since. */
export type Lines = { readonly campaigns: readonly CampaignRow[]; readonly attention: number };
/** Asked for since: `pageAtMs` is the newest page, by the database's clock, that was there when the question left, so the answer is newer than it. */
export type Asked = Lines & { readonly pageAtMs: number };

/**
 * Of a page and an answer the newer. The browser's clock has no say, it may be wrong by minutes: a question that left while a page was there was
 * answered after that page, and pages (the way back shows an old one again) are told apart by when the database was asked for them.
 */
export function newestLines(page: Lines & { readonly atMs: number }, asked: Asked | null): Lines {
  return asked === null || asked.pageAtMs < page.atMs ? page : asked;
}
