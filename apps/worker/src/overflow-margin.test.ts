import { readFileSync } from "node:fs";
import { defaultDispatcherSettings } from "@herald/campaign";
import { overflowPutDeadlineMs } from "@herald/mongo";
import { expect, test } from "vitest";

/** Of a request to the provider; its grace begins when it should have begun. */
const longestRequestMs = 20_000;
/** The first connection to MongoDB, and before it the import of its driver on a busy host. */
const connectMs = 5000;
const loadMs = 1000;
/** How often a flush that waits for its answer looks at its patience. */
const pollMs = 250;

test("L3: the margin of a look at the overflow covers one flush and one put by their timeouts, from the moment an attempt is named unknown", () => {
  const sql = readFileSync(new URL("../../../supabase/migrations/20261121001100_operator.sql", import.meta.url), "utf8");
  const marginSeconds = Number(/function herald\.overflow_margin\(\).*interval '(\d+) seconds'/.exec(sql)?.[1]);
  const sender = readFileSync(new URL("../../../packages/campaign/src/dispatch/number-sender.ts", import.meta.url), "utf8");
  const longestBackOff = Number(/const longestFlushBackOff = (\d+);/.exec(sender)?.[1]);
  const { recoveryGraceMs, flushEveryMs, overflowAfterMs } = defaultDispatcherSettings;
  // a flush that failed just before its patience ended is tried again after the longest rest, and may take all of the patience once more
  const flushMs = flushEveryMs + overflowAfterMs + flushEveryMs * longestBackOff + overflowAfterMs + pollMs;
  const putMs = loadMs + connectMs + overflowPutDeadlineMs;
  expect(marginSeconds * 1000).toBeGreaterThanOrEqual(longestRequestMs - recoveryGraceMs + flushMs + putMs);
});
