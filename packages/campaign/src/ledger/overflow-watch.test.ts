import { expect, test } from "vitest";
import { aWorkspaceId } from "../testing/ids.ts";
import type { AttemptResult } from "./ledger.ts";
import { type OverflowWatch, watchOverflow } from "./overflow-watch.ts";
import type { OverflowedResults, SetAside } from "./result-overflow.ts";

type Seen = Parameters<OverflowWatch["note"]>[0];

function world(
  options: {
    readonly batches?: number;
    readonly isLedgerAway?: boolean;
    readonly isOverflowAway?: boolean;
    readonly aside?: readonly SetAside[];
  } = {},
) {
  const steps: string[] = [];
  const noted: Seen[] = [];
  let waiting: OverflowedResults[] = Array.from({ length: options.batches ?? 0 }, (_, index) => ({
    overflowId: String(index),
    putAtMs: 0,
    workspaceId: aWorkspaceId(),
    results: [{} as AttemptResult],
  }));
  const deps = {
    overflow: {
      put: async () => undefined,
      take: async (limit: number) => {
        steps.push("take");
        if (options.isOverflowAway) throw new Error("away");
        return waiting.slice(0, limit);
      },
      remove: async (ids: readonly string[]) => {
        waiting = waiting.filter(({ overflowId }) => !ids.includes(overflowId));
      },
      noteRefusal: async () => 1,
      setAside: async () => undefined,
      aside: async () => {
        steps.push("aside");
        return options.aside ?? [];
      },
      takeAside: async () => [],
    },
    log: { info: () => undefined, warn: () => undefined },
    ledger: { record: async () => 0 },
    overflowWatch: {
      clockMs: async () => {
        steps.push("clock");
        return 1000;
      },
      note: async (seen: Seen) => void noted.push(seen),
    },
  };
  if (options.isLedgerAway) deps.overflow.remove = () => Promise.reject(new Error("away"));
  return { deps, steps, noted };
}

test("a look that found nothing is noted with the time before it, never after", async () => {
  const { deps, steps, noted } = world();
  await watchOverflow(deps, 10);
  expect(noted).toEqual([{ waiting: 0, setAside: [], lookedAtMs: 1000 }]);
  expect(steps.slice(-3), "what is put between look and clock would else count as read").toEqual(["clock", "take", "aside"]);
});

test("what still waits after a pass is noted as waiting", async () => {
  const { deps, noted } = world({ batches: 3 });
  await watchOverflow(deps, 2);
  await watchOverflow(deps, 2);
  expect(noted.map(({ waiting }) => waiting)).toEqual([1, 0]);
});

test("a pass that failed notes what waits, and still fails", async () => {
  const { deps, noted } = world({ batches: 1, isLedgerAway: true });
  await expect(watchOverflow(deps, 10)).rejects.toThrow("still wait");
  expect(noted).toEqual([{ waiting: 1, setAside: [], lookedAtMs: 1000 }]);
});

test("an overflow that cannot be looked at is not noted as read", async () => {
  const { deps, noted } = world({ isOverflowAway: true });
  await expect(watchOverflow(deps, 10)).rejects.toThrow("away");
  expect(noted).toEqual([]);
});

test("what is set aside waits no longer, and is named; unless nobody can tell whose it is", async () => {
  const named = { overflowId: "a", putAtMs: 0, workspaceId: aWorkspaceId(), campaignIds: null };
  const { deps, noted } = world({ aside: [named, { ...named, overflowId: "b", workspaceId: null }] });
  await watchOverflow(deps, 10);
  expect(noted).toEqual([{ waiting: 1, setAside: [named], lookedAtMs: 1000 }]);
});
