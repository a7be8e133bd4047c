import { expect, it } from "vitest";
import { Heap } from "./heap.ts";
import { seededRandom } from "./random.ts";

it("gives back what was put in, smallest first, also when pushes and pops mix", () => {
  const random = seededRandom(11);
  const heap = new Heap<number>((value) => value);
  const kept: number[] = [];
  const [popped, smallest]: [(number | undefined)[], (number | undefined)[]] = [[], []];
  for (let index = 0; index < 5000; index += 1) {
    const value = Math.floor(random() * 1000);
    heap.push(value);
    kept.push(value);
    if (random() < 0.6) continue;
    kept.sort((left, right) => left - right);
    smallest.push(kept.shift());
    popped.push(heap.pop());
  }
  expect(popped).toEqual(smallest);
  expect([heap.size, heap.peek()]).toEqual([kept.length, Math.min(...kept)]);
});
