import { expect, test } from "vitest";
import { type SenderFacts, senderHealth } from "./sender-health.ts";

const nowMs = Date.UTC(2026, 10, 21);
const well: SenderFacts = {
  senderId: "sender",
  sourceId: "source",
  displayNumber: "+1 650 555 0100",
  verifiedName: "Lucky Shrub",
  status: "connected",
  sourceStatus: "connected",
  quality: "GREEN",
  capPerSecond: 80,
  isKilled: false,
  isWorkspaceKilled: false,
  isBreakerOpen: false,
  restUntilMs: null,
  block: null,
  dayLimit: { limit: 2000, left: 1850 },
};

test("a number that is well says nothing", () => {
  expect(senderHealth(well, nowMs)).toEqual({ tone: "ok", trouble: null, mayBeChosen: true });
  expect(senderHealth({ ...well, dayLimit: null, quality: "UNKNOWN", restUntilMs: nowMs - 1 }, nowMs).trouble).toBeNull();
});

test.each<[Partial<SenderFacts>, string, string, boolean]>([
  [{ sourceStatus: "token_expired" }, "tokenExpired", "bad", false],
  [{ sourceStatus: "disconnected", isKilled: true }, "disconnected", "bad", false],
  [{ isWorkspaceKilled: true, isKilled: true }, "workspaceKilled", "bad", true],
  [{ isKilled: true, quality: "RED" }, "killed", "bad", true],
  [{ block: "Account restricted" }, "blocked", "bad", true],
  [{ dayLimit: { limit: 250, left: 0 } }, "dayLimitReached", "warn", true],
  [{ isBreakerOpen: true }, "notAnswering", "warn", true],
  [{ restUntilMs: nowMs + 1 }, "resting", "warn", true],
  [{ quality: "RED" }, "qualityRed", "warn", true],
])("what stops it is said before what slows it: %j", (change, trouble, tone, mayBeChosen) => {
  expect(senderHealth({ ...well, ...change }, nowMs)).toEqual({ tone, trouble, mayBeChosen });
});
