import type { Tone } from "@herald/ui/badge";

/** A number as `sender_lines` has it; times in ISO 8601. */
export type Sender = {
  readonly senderId: string;
  readonly displayNumber: string;
  readonly verifiedName: string;
  readonly status: string;
  readonly quality: string;
  readonly capPerSecond: number;
  readonly effectivePerSecond: number;
  readonly planSource: string;
  readonly planLevel: string;
  readonly planCheckedAt: string | null;
  readonly planProblem: string | null;
  readonly planShare: number;
  readonly restUntil: string | null;
  readonly restCode: string | null;
  readonly breakerOpenedAt: string | null;
  readonly source: {
    readonly sourceId: string;
    readonly name: string;
    readonly mode: string;
    readonly status: string;
    readonly tokenExpiresAt: string | null;
    readonly templatesSyncedAt: string | null;
    readonly templatesProblem: string | null;
  };
  readonly portfolio: { readonly limit: number; readonly taken: number } | null;
  readonly isCountingPlaces: boolean;
  readonly isStopped: boolean;
  readonly isWorkspaceStopped: boolean;
  readonly isDeploymentStopped: boolean;
  readonly stop: { readonly at: string; readonly by: string; readonly note: string | null } | null;
  readonly openBlocks: number;
  readonly liveCampaigns: number;
};

/** Words of `senders.standing`, the worst first. */
export const senderStandings = [
  "deploymentStopped",
  "workspaceStopped",
  "stopped",
  "disconnected",
  "tokenExpired",
  "blocked",
  "numberAway",
  "counting",
  "limitReached",
  "breakerOpen",
  "resting",
  "slowed",
  "sending",
  "ready",
] as const;
export type SenderStanding = (typeof senderStandings)[number];

/** What holds a number back, the one thing that decides; or that nothing does. */
export function standingOf(sender: Sender, nowMs: number): SenderStanding {
  const { source, portfolio, restUntil } = sender;
  const holds: Readonly<Record<SenderStanding, boolean>> = {
    deploymentStopped: sender.isDeploymentStopped,
    workspaceStopped: sender.isWorkspaceStopped,
    stopped: sender.isStopped,
    disconnected: source.status === "disconnected",
    tokenExpired: source.status === "token_expired" || (source.tokenExpiresAt !== null && Date.parse(source.tokenExpiresAt) <= nowMs),
    blocked: sender.openBlocks > 0,
    numberAway: sender.status !== "connected",
    counting: sender.isCountingPlaces,
    limitReached: portfolio !== null && portfolio.taken >= portfolio.limit,
    breakerOpen: sender.breakerOpenedAt !== null,
    resting: restUntil !== null && Date.parse(restUntil) > nowMs,
    slowed: sender.planShare < 1,
    sending: sender.liveCampaigns > 0,
    ready: true,
  };
  return senderStandings.find((standing) => holds[standing]) ?? "ready";
}

/** Red: somebody has to act. Amber: it holds back, and passes. */
export const toneOf: Readonly<Record<SenderStanding, Tone>> = {
  deploymentStopped: "bad",
  workspaceStopped: "bad",
  stopped: "bad",
  disconnected: "bad",
  tokenExpired: "bad",
  blocked: "bad",
  numberAway: "bad",
  counting: "warn",
  limitReached: "warn",
  breakerOpen: "warn",
  resting: "warn",
  slowed: "warn",
  sending: "info",
  ready: "ok",
};

const soonMs = 7 * 86_400_000;
/** A token that ends within a week. */
export const endsSoon = (tokenExpiresAt: string | null, nowMs: number): boolean =>
  tokenExpiresAt !== null && Date.parse(tokenExpiresAt) > nowMs && Date.parse(tokenExpiresAt) - nowMs < soonMs;
