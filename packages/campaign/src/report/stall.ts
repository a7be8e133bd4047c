import { seconds } from "@herald/kernel";
import type { Campaign } from "../freeze/campaigns.ts";
import type { LedgerBalance } from "../ledger/ledger.ts";
import type { FailureCause, OpenBlock, SendingPace } from "./report-port.ts";

/** What holds a campaign that has something to send. The runbook and the screens have words for each. */
export const stalls = [
  "killed",
  "blocked",
  "provider_unreachable",
  "not_prepared",
  "breaker_open",
  "resting",
  "portfolio_limit",
  "inbox_behind",
  "not_started",
  "no_sender_running",
] as const;
export type Stall = (typeof stalls)[number];

const stallAfterMs = seconds(30);
/** A breaker that opened by a chance is closed by its first probe, five seconds later. */
const breakerAfterMs = seconds(5);

type Seen = {
  readonly campaign: Pick<Campaign, "status" | "startedAtMs">;
  readonly ledger: Pick<LedgerBalance, "counts">;
  readonly causes: readonly Pick<FailureCause, "state" | "class">[];
  readonly blocks: readonly Pick<OpenBlock, "blockId">[];
  readonly pace: Pick<SendingPace, "killedBy" | "breakerOpenSinceMs" | "restUntilMs" | "portfolio" | "isMarketing" | "isInboxBehind">;
};

/** `lastGrantAtMs` null: nothing is due, so no grant is missing, however long ago the last one was. */
export function stallOf(nowMs: number, { campaign, ledger, causes, blocks, pace }: Seen, lastGrantAtMs: number | null): Stall | null {
  if (campaign.status !== "queued" && campaign.status !== "sending") return null;
  // a switch that somebody threw is told at once
  if (pace.killedBy !== null && lastGrantAtMs !== null) return "killed";
  // messages that wait for a cure have no time, and grants go on while none of their requests begins: neither shows in the age of the last grant
  if (blocks.length > 0 && ledger.counts.deferred > 0 && ledger.counts.queued === 0) return "blocked";
  const unbegun = new Set(causes.filter(({ state }) => state === "queued").map(({ class: why }) => why));
  if (unbegun.has("no_connection")) return "provider_unreachable";
  if (unbegun.has("not_prepared")) return "not_prepared";
  if (lastGrantAtMs === null) return null;
  // its probes are grants as well
  if (blocks.length === 0 && pace.breakerOpenSinceMs !== null && nowMs - pace.breakerOpenSinceMs > breakerAfterMs) return "breaker_open";
  if (nowMs - lastGrantAtMs < stallAfterMs) return null;
  if (blocks.length > 0) return "blocked";
  if (pace.restUntilMs !== null && pace.restUntilMs > nowMs) return "resting";
  if (pace.portfolio !== null && pace.portfolio.reserved >= pace.portfolio.limit) return "portfolio_limit";
  if (pace.isMarketing && pace.isInboxBehind) return "inbox_behind";
  return campaign.startedAtMs === null ? "not_started" : "no_sender_running";
}
