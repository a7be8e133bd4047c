import { expect, test } from "vitest";
import type { Figures } from "./draft-content.ts";
import { noteSeen, readSeen, seenPlace } from "./seen.ts";

const figures: Figures = { matched: 10, eligible: 9, excluded: [{ reason: "opted_out", count: 1 }] };

test("what one person saw of a draft is that person's alone", () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const [mia, adam] = [seenPlace("mia", "draft"), seenPlace("adam", "draft")];
  noteSeen(store, mia, figures, 5);
  noteSeen(store, adam, { ...figures, matched: 11 }, 6);
  expect(readSeen(store.getItem(mia))).toEqual({ ...figures, atMs: 5 });
  expect(readSeen(store.getItem(seenPlace("mia", "other")))).toBeNull();
});

test.each([[null], ["{"], ["null"], ["7"], ['{"atMs":1,"matched":2}']])("what is not ours is nothing seen: %s", (text) => {
  expect(readSeen(text)).toBeNull();
});
