import type { RunningProduct } from "@herald/demo";

/** One request to the provider and what it came to there, in the order of arrival. Times are Unix milliseconds. */
export type Sighting = {
  readonly recipient: string;
  readonly atMs: number;
  readonly code: number | null;
};
export type CampaignTruth = {
  readonly requests: number;
  readonly accepted: number;
  /** Requests that a recipient's attempts made, earliest first; a refused one has its code. */
  readonly byRecipient: ReadonlyMap<string, readonly Sighting[]>;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
};

type Row = {
  readonly opaqueId: string | null;
  readonly recipients: readonly string[];
  readonly requests: number;
  readonly firstRequestAtMs: number;
  readonly accepted: readonly unknown[];
  readonly refused: readonly { readonly code: number }[];
};

/** What the simulator saw of one campaign: each of its attempts has an opaque id of its own, so a row is one request. */
export async function truthOf(product: RunningProduct, campaignId: string): Promise<CampaignTruth> {
  const answer = await fetch(new URL("/_truth/messages?limit=10000", product.simulatorUrl), { signal: AbortSignal.timeout(10_000) });
  const rows = ((await answer.json()) as { rows: Row[] }).rows.filter((row) => row.opaqueId?.split(".")[1] === campaignId);
  const byRecipient = new Map<string, Sighting[]>();
  for (const row of rows.toSorted((one, other) => one.firstRequestAtMs - other.firstRequestAtMs)) {
    const recipient = row.recipients[0] ?? "";
    const seen = { recipient, atMs: row.firstRequestAtMs, code: row.refused[0]?.code ?? null };
    byRecipient.set(recipient, [...(byRecipient.get(recipient) ?? []), seen]);
  }
  const times = rows.map((row) => row.firstRequestAtMs);
  return {
    requests: rows.reduce((sum, row) => sum + row.requests, 0),
    accepted: rows.reduce((sum, row) => sum + row.accepted.length, 0),
    byRecipient,
    firstAtMs: Math.min(...times),
    lastAtMs: Math.max(...times),
  };
}

/** People who were refused with this code at least once. */
export const refusedWith = (truth: CampaignTruth, code: number): readonly (readonly Sighting[])[] =>
  [...truth.byRecipient.values()].filter((sightings) => sightings.some((seen) => seen.code === code));

export type PortfolioTruth = {
  readonly limit: number | null;
  readonly counted: number;
  readonly maxCounted: number;
  readonly overLimit: number;
};

/** The shop's portfolio as the simulator counts it. */
export async function portfolioTruth(product: RunningProduct): Promise<PortfolioTruth> {
  const answer = await fetch(new URL("/_truth/portfolios", product.simulatorUrl), { signal: AbortSignal.timeout(10_000) });
  const [only] = ((await answer.json()) as { rows: PortfolioTruth[] }).rows;
  if (!only) throw new Error("the simulator knows no portfolio");
  return only;
}
