import { readFileSync } from "node:fs";
import { defaultDispatcherSettings } from "@herald/campaign";
import { overflowPutDeadlineMs } from "@herald/mongo";
import { expect, test } from "vitest";

/** Of a request to the provider; its grace begins when it should have begun. */
const longestRequestMs = 20_000;
/** The first connection to MongoDB. */
const connectMs = 5000;
/** How often a flush that waits for its answer looks at its patience. */
const pollMs = 250;

test("L3: the margin of a look at the overflow covers one flush and one put by their timeouts, from the moment an attempt is named unknown", () => {
  const sql = readFileSync(new URL("../../../supabase/migrations/20261121001100_operator.sql", import.meta.url), "utf8");
  const marginSeconds = Number(/function herald\.overflow_margin\(\).*interval '(\d+) seconds'/.exec(sql)?.[1]);
  const { recoveryGraceMs, flushEveryMs, overflowAfterMs } = defaultDispatcherSettings;
  // a flush that is tried again just before its patience ends may take all of it once more
  const flushMs = flushEveryMs + 2 * overflowAfterMs + pollMs;
  const putMs = connectMs + overflowPutDeadlineMs;
  expect(marginSeconds * 1000).toBeGreaterThanOrEqual(longestRequestMs - recoveryGraceMs + flushMs + putMs);
});
