import { expect, it } from "vitest";
import { HeldUpdates } from "./held.ts";
import type { PlannedUpdate } from "./updates.ts";

const update = (updateId: number): PlannedUpdate => ({
  kind: "notice",
  updateId,
  wabaId: "2000000000000001",
  field: "account_alerts",
  value: {},
  scriptedFor: null,
  occurredAtMs: 0,
  dueAtMs: 0,
  isDuplicate: false,
});
function held(count: number): HeldUpdates {
  const updates = new HeldUpdates();
  for (let index = 0; index < count; index += 1) updates.add(update(index));
  return updates;
}
const ids = (updates: readonly PlannedUpdate[]): number[] => updates.map((each) => each.updateId);

it("nothing goes until it is released, then everything at once", () => {
  const updates = held(3);
  expect([updates.take(1000), updates.nextAtMs]).toEqual([[], Number.POSITIVE_INFINITY]);
  updates.release(null, 1000);
  expect(ids(updates.take(1000))).toEqual([0, 1, 2]);
  expect(updates.size).toBe(0);
});

it("a rate lets go so many a second, in order and without bursts after an idle moment", () => {
  const updates = held(10);
  updates.release(4, 1000);
  expect(updates.nextAtMs).toBe(1250);
  expect(ids(updates.take(1249))).toEqual([]);
  expect(ids(updates.take(1500))).toEqual([0, 1]);
  expect(updates.nextAtMs).toBe(1750);
  expect(ids(updates.take(3000))).toEqual([2, 3, 4, 5, 6, 7]);
  expect(updates.size).toBe(2);
});

it("what is held after the last release was used up waits for the next one", () => {
  const updates = held(1);
  updates.release(1000, 0);
  updates.take(1);
  updates.add(update(9));
  expect(ids(updates.take(5000))).toEqual([]);
});
