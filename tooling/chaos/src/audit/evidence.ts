import type { Begin } from "../network/wire-log.ts";
import type { TruthRow } from "../world/provider.ts";

/** One recipient's row of the ledger. */
export type LedgerMessage = {
  readonly messageId: string;
  readonly state: string;
  readonly attempt: number;
  readonly reason: string | null;
  readonly code: string | null;
  /** Sent again by an operator, at his own risk, so many times. */
  readonly resends: number;
  readonly attempts: readonly {
    readonly attempt: number;
    readonly outcome: string | null;
    /** Unix milliseconds by the database's clock: the request begins by then or never (law L2). */
    readonly sendByMs: number;
    readonly receipts: readonly string[];
  }[];
};
export type LedgerCampaign = {
  readonly campaignId: string;
  readonly status: string;
  readonly planned: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly recount: Readonly<Record<string, number>>;
  readonly messages: readonly LedgerMessage[];
};
/** From an acknowledged pause or cancel until the moment somebody asked to resume. */
export type Standstill = { readonly campaignId: string; readonly action: "pause" | "cancel"; readonly fromMs: number; untilMs: number };
/** A person's STOP, from the moment it was seen to be committed. */
export type OptOut = { readonly phone: string; readonly fromMs: number };

/** All that a verdict on a trial rests on. */
export type Evidence = {
  readonly ledger: readonly LedgerCampaign[];
  readonly truth: readonly TruthRow[];
  readonly begins: readonly Begin[];
  readonly standstills: readonly Standstill[];
  readonly optOuts: readonly OptOut[];
  /** The most by which this process itself was late, and what it saw of the workers with it. */
  readonly ownLagMs: number;
};

export type Finding = { readonly campaignId: string; readonly messageId: string | null; readonly what: string };
