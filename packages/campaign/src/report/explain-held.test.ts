import { expect, test } from "vitest";
import { explainHeld } from "./explain-held.ts";

const oldestAtMs = Date.UTC(2026, 0, 5, 9, 30);

test("who is held is told with the time and with what may be done about it", () => {
  expect(explainHeld(null)).toBeNull();
  expect(explainHeld({ count: 1, oldestAtMs, ripe: 0, isOverflowRead: true })?.sentence).toBe(
    "1 is held by the provider for a quality review, the oldest since 2026-01-05 09:30 UTC. Most are let go within an hour, or failed; after a day without a word they may be written off.",
  );
  expect(explainHeld({ count: 1200, oldestAtMs, ripe: 7, isOverflowRead: true })?.sentence).toContain("1,200 are held");
  expect(explainHeld({ count: 1200, oldestAtMs, ripe: 7, isOverflowRead: true })?.sentence).toContain("7 of them for more than a day");
  expect(explainHeld({ count: 3, oldestAtMs, ripe: 3, isOverflowRead: true })?.sentence).toContain("All of them");
});
