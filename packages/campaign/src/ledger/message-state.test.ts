import { receipts } from "@herald/provider";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BucketCounts, bucketOf, buckets, isBalanced, messageStates, noMessages, openCount, plannedOf } from "./message-state.ts";

const aBucketCounts = fc.record(Object.fromEntries(buckets.map((bucket) => [bucket, fc.nat(1_000_000)]))) as fc.Arbitrary<BucketCounts>;

test("L1: every state with every receipt is in exactly one bucket, and only an accepted message shows its receipt", () => {
  const seen = new Set(
    messageStates.flatMap((state) =>
      [null, ...receipts].map((receipt) => {
        const bucket = bucketOf(state, receipt);
        expect(buckets).toContain(bucket);
        expect(bucket === state).toBe(state !== "accepted" || receipt === null);
        return bucket;
      }),
    ),
  );
  expect([...seen].toSorted()).toEqual([...buckets].toSorted());
});

test("a receipt has the bucket of its name, and a played message counts as read", () => {
  expect(receipts.map((receipt) => bucketOf("accepted", receipt))).toEqual(["sent", "undelivered", "delivered", "read", "read"]);
});

test("L1: a ledger balances when its buckets add up to what was planned, and at no other number", () => {
  fc.assert(
    fc.property(aBucketCounts, fc.integer({ min: -5, max: 5 }), (counts, off) => {
      const sum = Object.values(counts).reduce((total, count) => total + count, 0);
      expect(plannedOf(counts)).toBe(sum);
      expect(isBalanced(sum + off, counts)).toBe(off === 0);
    }),
  );
});

test("L1: a negative bucket is out of balance, even when the sum is right", () => {
  expect(isBalanced(0, { ...noMessages, queued: -1, sent: 1 })).toBe(false);
});

test("open is what may still change by our own doing or by an answer that is due", () => {
  const open = buckets.filter((bucket) => openCount({ ...noMessages, [bucket]: 1 }) === 1);
  expect(open).toEqual(["queued", "dispatching", "deferred", "unknown", "held"]);
});
