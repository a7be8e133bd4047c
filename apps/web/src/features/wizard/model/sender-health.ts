/** What is known of a number, as the tables have it. */
export type SenderFacts = {
  readonly senderId: string;
  readonly sourceId: string;
  readonly displayNumber: string;
  readonly verifiedName: string;
  readonly status: string;
  readonly sourceStatus: string;
  /** GREEN, YELLOW, RED or UNKNOWN, as the provider has it. */
  readonly quality: string;
  readonly capPerSecond: number;
  readonly isKilled: boolean;
  readonly isWorkspaceKilled: boolean;
  readonly isBreakerOpen: boolean;
  readonly restUntilMs: number | null;
  /** Why it or its account is stopped by the provider; null: it is not. */
  readonly block: string | null;
  /** People whom its portfolio may still reach today; null: no limit. */
  readonly dayLimit: { readonly limit: number; readonly left: number } | null;
};

export type SenderTrouble =
  | "workspaceKilled"
  | "killed"
  | "tokenExpired"
  | "disconnected"
  | "blocked"
  | "dayLimitReached"
  | "notAnswering"
  | "resting"
  | "qualityRed"
  | "qualityYellow";
export type SenderHealth = { readonly tone: "ok" | "warn" | "bad"; readonly trouble: SenderTrouble | null; readonly mayBeChosen: boolean };

const bad = (trouble: SenderTrouble, mayBeChosen = true): SenderHealth => ({ tone: "bad", trouble, mayBeChosen });
const warn = (trouble: SenderTrouble): SenderHealth => ({ tone: "warn", trouble, mayBeChosen: true });

/** The one thing to know about a number before sending from it; what stops it before what slows it. */
export function senderHealth(facts: SenderFacts, nowMs: number): SenderHealth {
  if (facts.sourceStatus === "token_expired") return bad("tokenExpired", false);
  if (facts.sourceStatus !== "connected" || facts.status !== "connected") return bad("disconnected", false);
  if (facts.isWorkspaceKilled) return bad("workspaceKilled");
  if (facts.isKilled) return bad("killed");
  if (facts.block !== null) return bad("blocked");
  if (facts.dayLimit !== null && facts.dayLimit.left <= 0) return warn("dayLimitReached");
  if (facts.isBreakerOpen) return warn("notAnswering");
  if (facts.restUntilMs !== null && facts.restUntilMs > nowMs) return warn("resting");
  if (facts.quality === "RED") return warn("qualityRed");
  if (facts.quality === "YELLOW") return warn("qualityYellow");
  return { tone: "ok", trouble: null, mayBeChosen: true };
}
