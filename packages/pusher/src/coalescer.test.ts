import { expect, test } from "vitest";
import { Coalescer } from "./coalescer.ts";

const newsOf = (taken: readonly (readonly [string, number])[]) => taken.map(([, news]) => news);

test("the first news goes out at once, what follows waits for the interval", () => {
  const coalescer = new Coalescer<number>(250);
  coalescer.offer("a", 1);
  expect(newsOf(coalescer.takeDue(1000))).toEqual([1]);
  coalescer.offer("a", 2);
  expect(newsOf(coalescer.takeDue(1249))).toEqual([]);
  expect(coalescer.nextDueAtMs()).toBe(1250);
  expect(newsOf(coalescer.takeDue(1250))).toEqual([2]);
  expect(coalescer.nextDueAtMs()).toBeNull();
});

test("newer news takes the place of older, and subjects do not wait for each other", () => {
  const coalescer = new Coalescer<number>(250);
  coalescer.offer("a", 1);
  coalescer.takeDue(0);
  coalescer.offer("a", 2);
  coalescer.offer("a", 3);
  coalescer.offer("b", 4);
  expect(newsOf(coalescer.takeDue(10))).toEqual([4]);
  expect(newsOf(coalescer.takeDue(250))).toEqual([3]);
});

test("at any pace of news at most four a second go out, and the last one always does", () => {
  for (const everyMs of [1, 7, 60, 249, 251, 400]) {
    const coalescer = new Coalescer<number>(250);
    const sent: { readonly atMs: number; readonly news: number }[] = [];
    const take = (nowMs: number) => sent.push(...newsOf(coalescer.takeDue(nowMs)).map((news) => ({ atMs: nowMs, news })));
    let last = 0;
    for (let nowMs = 0; nowMs < 5000; nowMs += 1) {
      if (nowMs % everyMs === 0) coalescer.offer("a", (last = nowMs));
      take(nowMs);
    }
    take(coalescer.nextDueAtMs() ?? 5000);
    for (const { atMs } of sent)
      expect(sent.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1000).length).toBeLessThanOrEqual(4);
    expect(sent.at(-1)?.news).toBe(last);
  }
});

test("news put back is due again later, and gives way to newer news", () => {
  const coalescer = new Coalescer<number>(250);
  coalescer.putBack("a", 1, 1000, 5000);
  expect(newsOf(coalescer.takeDue(5999))).toEqual([]);
  coalescer.offer("a", 2);
  coalescer.putBack("a", 1, 2000, 5000);
  expect(coalescer.nextDueAtMs()).toBe(7000);
  expect(newsOf(coalescer.takeDue(7000))).toEqual([2]);
});

test("all that waits can be taken at the end", () => {
  const coalescer = new Coalescer<number>(250);
  coalescer.offer("a", 1);
  coalescer.takeDue(0);
  coalescer.offer("a", 2);
  expect(newsOf(coalescer.takeAll())).toEqual([2]);
  expect(coalescer.nextDueAtMs()).toBeNull();
});
