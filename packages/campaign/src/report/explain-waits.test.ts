import { refusalClasses } from "@herald/provider";
import { expect, test } from "vitest";
import { settleRefusal } from "../provider/settle-outcome.ts";
import { explainWaits } from "./explain-waits.ts";
import type { DeferredGroup, OpenBlock } from "./report-port.ts";

const atMs = Date.UTC(2026, 10, 22, 10, 14);
const group = (change: Partial<DeferredGroup>): DeferredGroup => ({
  class: "HOURS",
  code: "131049",
  reason: "HOURS",
  count: 412,
  earliestAtMs: atMs,
  latestAtMs: atMs + 20_000,
  ...change,
});
const blocks: readonly OpenBlock[] = [
  { blockId: "3", scope: "waba", class: "TOKEN", code: "190", detail: "", sinceMs: atMs },
  { blockId: "4", scope: "template", class: "TEMPLATE", code: "132015", detail: "", sinceMs: atMs },
];
const explained = (change: Partial<DeferredGroup>, open = blocks, nowMs = atMs - 60_000) => {
  const [one] = explainWaits([group(change)], open, nowMs);
  if (!one) throw new Error("one group was given");
  return one;
};

test("messages with a time are told until when and why, and need nothing", () => {
  expect(explained({}, [])).toMatchObject({
    blockId: null,
    cure: "none",
    sentence:
      "412 wait until 2026-11-22 10:14 UTC, because the provider limits what these people get within a day (131049). They are sent by themselves then.",
  });
  expect(explained({ count: 1, latestAtMs: atMs + 3_600_000, code: null }, []).sentence).toMatch(
    /^1 waits until 2026-11-22 10:14 UTC to 2026-11-22 11:14 UTC, because [^(]+\. /,
  );
});

test("messages whose time has come are due, not waiting for it", () => {
  expect(explained({}, [], atMs + 20_000)).toMatchObject({
    cure: "none",
    sentence:
      "412 waited, because the provider limits what these people get within a day (131049), and are due now. They are sent by themselves.",
  });
  expect(explained({ count: 1 }, [], atMs + 20_000).sentence).toMatch(/^1 waited, because .*, and is due now\. It is sent by itself\.$/);
  expect(explained({}, [], atMs + 10_000).sentence, "the first of them are").toMatch(/^412 wait until 2026-11-22 10:14 UTC, /);
});

test("messages with a time are not said to go by themselves while a block holds their campaign: they name it and its cure", () => {
  expect(explained({})).toMatchObject({
    blockId: "3",
    cure: "renew_token",
    sentence:
      "412 wait until 2026-11-22 10:14 UTC, because the provider limits what these people get within a day (131049). They wait for block 3 as well, because the provider refuses the account's token (190). Renew the account's token, then cure the block.",
  });
  expect(explained({}, blocks, atMs + 20_000).sentence).toMatch(/, and are due now\. They wait for block 3, because /);
});

test("messages without a time name their block and its cure", () => {
  const waiting = { earliestAtMs: null, latestAtMs: null };
  expect(explained({ ...waiting, class: "TEMPLATE", code: "132015", count: 5000 })).toMatchObject({
    blockId: "4",
    cure: "mend_template",
    sentence:
      "5,000 wait until that is cured, because the provider refuses the template (132015). Have the template approved again, then cure the block.",
  });
  const restricted = { blockId: "2", scope: "waba", class: "WABA", code: "RESTRICTED", detail: "", sinceMs: atMs };
  const unpaid = { ...restricted, blockId: "5", code: "131042" };
  expect(
    explainWaits([group({ ...waiting, class: "WABA", code: "131042" })], [restricted, unpaid], atMs),
    "two of one class",
  ).toMatchObject([{ blockId: "5" }]);
  expect(explained({ ...waiting, class: "TOKEN", code: "190" })).toMatchObject({ blockId: "3", cure: "renew_token" });
});

test("every class that makes messages wait has words of its own", () => {
  const waiting = refusalClasses.filter(
    (cls) => settleRefusal({ class: cls, code: null, detail: "", retryAfterMs: null, maxAttempts: 3 }).state === "deferred",
  );
  expect(new Set(waiting.map((cls) => explained({ class: cls }).sentence)).size).toBe(waiting.length);
  for (const cls of waiting) expect(explained({ class: cls }).sentence, cls).not.toContain("refused them for now");
});
