import { err, ok } from "@herald/kernel";
import { describe, expect, test } from "vitest";
import type { DoorProblem } from "../../acting/call-door.ts";
import { afterLook, type Loaded, lookThrough, mostLooked, type Page, renewed, withPage, withWaiting } from "./newcomers.ts";
import type { RecipientRow } from "./recipient-row.ts";

const contactOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const row = (number: number, change: Partial<RecipientRow> = {}): RecipientRow => ({
  messageId: String(number),
  contactId: contactOf(number),
  displayName: "Ana",
  address: null,
  state: "queued",
  receipt: null,
  reason: null,
  class: null,
  code: null,
  verdict: "waiting",
  nextAt: null,
  changedAt: "2026-11-21T14:00:00.000Z",
  ...change,
});
const later = "2026-11-21T14:00:01.000Z";
const rows = (...numbers: readonly number[]) => numbers.map((number) => row(number));
const from = (first: number, count: number, step = 1) => Array.from({ length: count }, (_, at) => row(first + at * step));
const list = (shown: readonly RecipientRow[], next: string | null = null): Loaded => ({ rows: shown, waiting: [], next });
const whole = (found: readonly RecipientRow[]) => ({ found, from: null, to: null });
const numbers = (some: readonly RecipientRow[]) => some.map(({ messageId }) => Number(messageId));

describe("rows that are shown", () => {
  test("are renewed where they stand, and the others are the same objects", () => {
    const before = rows(1, 2, 3);
    const after = renewed(before, [row(2, { state: "accepted", verdict: "accepted", changedAt: later })]);
    expect(after.map(({ messageId, state }) => `${messageId} ${state}`)).toEqual(["1 queued", "2 accepted", "3 queued"]);
    expect(after[0]).toBe(before[0]);
  });

  test("are the same list where nothing changed", () => {
    const before = rows(1, 2);
    expect(renewed(before, rows(1, 2))).toBe(before);
    const loaded = list(before);
    expect(afterLook(loaded, whole(rows(1, 2)), contactOf(2))).toBe(loaded);
  });

  test("do not go back when an earlier answer comes late", () => {
    const before = [row(1, { state: "accepted", verdict: "accepted", changedAt: later })];
    expect(renewed(before, rows(1))).toBe(before);
  });

  test("keep their places when they no longer fit", () => {
    expect(numbers(afterLook(list(rows(1, 2, 3)), whole(rows(1, 3)), contactOf(3)).rows)).toEqual([1, 2, 3]);
  });
});

describe("whoever comes to fit", () => {
  const shown = from(2, 100, 2);

  test("comes in below what is in sight, also where 100 rows and more are loaded", () => {
    const after = afterLook(list(shown), whole([...shown, row(151), row(201)]), contactOf(80));
    expect([after.rows.length, numbers(after.waiting)]).toEqual([102, []]);
    expect(numbers(after.rows)).toEqual(numbers(after.rows).toSorted((one, other) => one - other));
  });

  test("waits where a row in sight would move, and takes its place when it is asked for", () => {
    const after = afterLook(list(shown), whole([...shown, row(5), row(3)]), contactOf(80));
    expect(after.rows).toBe(shown);
    expect(numbers(after.waiting)).toEqual([3, 5]);
    const asked = withWaiting(after);
    expect([numbers(asked.rows).slice(0, 4), asked.waiting]).toEqual([[2, 3, 4, 5], []]);
  });

  test("waits no longer once it fits no longer, is told once, and is shown once", () => {
    const waiting = afterLook(list(shown), whole([...shown, row(3), row(5)]), contactOf(80));
    const still = afterLook(waiting, whole([...shown, row(5)]), contactOf(80));
    expect(numbers(still.waiting)).toEqual([5]);
    expect(afterLook(still, whole([...shown, row(5)]), contactOf(80))).toBe(still);
    expect(numbers(withWaiting(still).rows).filter((number) => number === 5)).toEqual([5]);
  });

  test("comes at once into a list with nothing in sight", () => {
    expect(numbers(afterLook(list([]), whole(rows(4, 9)), null).rows)).toEqual([4, 9]);
  });

  test("beyond what is loaded comes with its page", () => {
    const loaded = list(shown, contactOf(200));
    const after = afterLook(loaded, whole([...shown, row(201)]), contactOf(80));
    expect(after).toBe(loaded);
    const paged = withPage({ ...after, waiting: rows(201) }, { messages: rows(201, 203), next: null });
    expect([numbers(paged.rows).slice(-3), paged.waiting, paged.next]).toEqual([[200, 201, 203], [], null]);
  });

  test("in a part of the list that this turn did not look at goes on waiting", () => {
    const waiting = afterLook(list(shown), whole([...shown, row(3), row(151)]), contactOf(200));
    const turn = { found: from(102, 49, 2), from: contactOf(100), to: contactOf(200) };
    expect(numbers(afterLook(waiting, turn, contactOf(200)).waiting)).toEqual([3]);
  });

  test("in greater numbers than one look sees gives an open list a next page", () => {
    const found = from(1, mostLooked);
    const after = afterLook(list(rows(1, 2)), { found, from: null, to: contactOf(mostLooked) }, contactOf(2));
    expect([after.rows.length, after.next]).toEqual([mostLooked, contactOf(mostLooked)]);
  });
});

describe("a look through what is loaded", () => {
  /** A door with these people; tells what it was asked. */
  function doorOf(people: readonly RecipientRow[]) {
    const asked: (readonly [string | null, number])[] = [];
    const ask = async (after: string | null, limit: number) => {
      asked.push([after, limit]);
      const messages = people.filter(({ contactId }) => after === null || contactId > after).slice(0, limit);
      return ok<Page>({ messages, next: messages.length === limit ? (messages.at(-1)?.contactId ?? null) : null });
    };
    return { ask, asked };
  }
  const look = async (people: readonly RecipientRow[], wanted: Parameters<typeof lookThrough>[1]) => {
    const { ask, asked } = doorOf(people);
    const done = await lookThrough(ask, wanted);
    if (!done.ok) throw new Error("the door failed");
    return { ...done.value, asked };
  };

  test("is one question where nobody is new", async () => {
    const { found, to, asked } = await look(from(1, 1000), { from: null, end: contactOf(120), expected: 120 });
    expect([found.length, to, asked]).toEqual([121, null, [[null, 121]]]);
  });

  test("goes on where the new ones did not fit into the question", async () => {
    const { found, to, asked } = await look(from(1, 1000), { from: null, end: contactOf(250), expected: 100 });
    expect([found.length, to, asked.length]).toEqual([mostLooked, null, 3]);
  });

  test("of a long list is bounded, and says where the next turn begins", async () => {
    const first = await look(from(1, 1000), { from: null, end: contactOf(500), expected: 500 });
    expect([first.found.length, first.to]).toEqual([mostLooked, contactOf(mostLooked)]);
    const second = await look(from(1, 1000), { from: first.to, end: contactOf(500), expected: 500 });
    expect([second.from, second.found[0]?.messageId, second.to]).toEqual([first.to, String(mostLooked + 1), null]);
  });

  test("that fails anywhere tells nothing", async () => {
    const offline: DoorProblem = { type: "offline", status: 0, title: "", detail: "" };
    expect(await lookThrough(async () => err(offline), { from: null, end: null, expected: 0 })).toEqual(err(offline));
  });
});
