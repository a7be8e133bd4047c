import { expect, test } from "vitest";
import { endsSoon, type Sender, senderStandings, standingOf } from "./sender-standing.ts";

const nowMs = Date.parse("2026-11-21T12:00:00Z");
const aSender = (change: Partial<Sender> = {}): Sender => ({
  senderId: "1",
  displayNumber: "+1 650 555 0100",
  verifiedName: "Lucky Shrub",
  status: "connected",
  quality: "GREEN",
  capPerSecond: 80,
  effectivePerSecond: 77.6,
  planSource: "meta_default_throughput",
  planLevel: "STANDARD",
  planCheckedAt: null,
  planProblem: null,
  planShare: 1,
  restUntil: null,
  restCode: null,
  breakerOpenedAt: null,
  source: {
    sourceId: "2",
    name: "Main",
    mode: "cloud_api",
    status: "connected",
    tokenExpiresAt: null,
    templatesSyncedAt: null,
    templatesProblem: null,
  },
  portfolio: null,
  isCountingPlaces: false,
  isStopped: false,
  isWorkspaceStopped: false,
  isDeploymentStopped: false,
  stop: null,
  openBlocks: 0,
  liveCampaigns: 0,
  ...change,
});
const { source } = aSender();

const one = {
  deploymentStopped: { isDeploymentStopped: true },
  workspaceStopped: { isWorkspaceStopped: true },
  stopped: { isStopped: true },
  disconnected: { source: { ...source, status: "disconnected" } },
  tokenExpired: { source: { ...source, tokenExpiresAt: "2026-11-21T11:59:59Z" } },
  blocked: { openBlocks: 1 },
  numberAway: { status: "PENDING" },
  counting: { isCountingPlaces: true },
  limitReached: { portfolio: { limit: 1000, taken: 1000 } },
  breakerOpen: { breakerOpenedAt: "2026-11-21T11:59:00Z" },
  resting: { restUntil: "2026-11-21T12:01:00Z" },
  slowed: { planShare: 0.9 },
  sending: { liveCampaigns: 2 },
  ready: {},
} as const satisfies Record<string, Partial<Sender>>;

test.each(senderStandings)("a number that is %s says so", (standing) => {
  expect(standingOf(aSender(one[standing]), nowMs)).toBe(standing);
});

test("of several things the one is told without which the others would not matter", () => {
  expect(standingOf(aSender({ ...one.slowed, ...one.sending, ...one.blocked }), nowMs)).toBe("blocked");
  expect(standingOf(aSender({ ...one.stopped, ...one.blocked, ...one.tokenExpired }), nowMs)).toBe("stopped");
});

test("a rest that is over and a place that is left hold nothing back", () => {
  expect(standingOf(aSender({ restUntil: "2026-11-21T12:00:00Z", portfolio: { limit: 1000, taken: 999 } }), nowMs)).toBe("ready");
});

test("a token is renewed before its end: a week ahead it is told", () => {
  expect(endsSoon("2026-11-27T12:00:00Z", nowMs)).toBe(true);
  expect(endsSoon("2026-11-29T12:00:00Z", nowMs)).toBe(false);
  expect(endsSoon(null, nowMs)).toBe(false);
});
