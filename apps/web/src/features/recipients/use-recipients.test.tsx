// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ListAddress } from "./list-address.ts";
import { pageSize, type RecipientRow } from "./recipient-row.ts";
import { useRecipients } from "./use-recipients.client.ts";

const atMs = Date.UTC(2026, 10, 21, 14);
const address: ListAddress = { buckets: ["failed"], reason: null, code: null, search: "" };
const row = (number: number, change: Partial<RecipientRow> = {}): RecipientRow => ({
  messageId: String(number),
  contactId: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  displayName: "Ana",
  address: null,
  state: "failed",
  receipt: null,
  reason: null,
  class: null,
  code: null,
  verdict: "failed_other",
  nextAt: null,
  changedAt: "2026-11-21T14:00:00.000Z",
  ...change,
});

/** Everybody of the campaign; the filter lets those through who failed. */
let people: readonly RecipientRow[];
/** The door: a page of those who fit, or whoever is named. */
async function answer(path: string): Promise<Response> {
  const query = new URL(path, "http://panel.example").searchParams;
  const [ids, after, limit] = [query.get("messageIds")?.split(","), query.get("after"), Number(query.get("limit"))];
  const found = people
    .filter(({ messageId, state, contactId }) =>
      ids ? ids.includes(messageId) : state === "failed" && (after === null || contactId > after),
    )
    .toSorted((one, other) => (one.contactId < other.contactId ? -1 : 1))
    .slice(0, limit);
  return Response.json({ messages: found, next: found.length === limit ? found.at(-1)?.contactId : null });
}

beforeEach(() => {
  vi.useFakeTimers({ now: atMs });
  vi.stubGlobal("fetch", answer);
  people = Array.from({ length: 150 }, (_, at) => row(2 * at + 2));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The first page as a screen has it: rows 2, 4 … 200, of which the first 30 are in sight. */
async function open() {
  const rows = people.slice(0, pageSize);
  const initial = { rows, next: rows.at(-1)?.contactId ?? null, atMs };
  const { result } = renderHook(() => useRecipients("c", address, initial));
  act(() => result.current.onShown(0, 29));
  await act(() => vi.advanceTimersByTimeAsync(4000));
  return result;
}
const pass = () => act(() => vi.advanceTimersByTimeAsync(4000));
const stateOf = (rows: readonly RecipientRow[], messageId: string) => rows.find((one) => one.messageId === messageId)?.state;

test("in a list of 100 rows and more whoever comes to fit is shown, without a row in sight moving", async () => {
  const list = await open();
  const inSight = list.current.rows.slice(0, 30);
  people = [...people, row(3), row(151), row(999)];
  await pass();
  expect(list.current.rows.slice(0, 30)).toEqual(inSight);
  expect([list.current.rows.length, stateOf(list.current.rows, "151"), list.current.waiting, list.current.isWhole]).toEqual([
    101,
    "failed",
    1,
    true,
  ]);
  act(() => list.current.showWaiting());
  expect([list.current.rows.slice(0, 3).map(({ messageId }) => messageId), list.current.waiting]).toEqual([["2", "3", "4"], 0]);
});

test("a row in sight that no longer fits keeps its place and has its state of now", async () => {
  const list = await open();
  people = people.map((one) =>
    one.messageId === "4" ? row(4, { state: "accepted", verdict: "accepted", changedAt: "2026-11-21T14:00:09.000Z" }) : one,
  );
  await pass();
  expect(list.current.rows.slice(0, 2).map(({ messageId, state }) => `${messageId} ${state}`)).toEqual(["2 failed", "4 accepted"]);
});

test("a list too long for one look says so, and finds whoever came to fit in its turns", async () => {
  people = Array.from({ length: 700 }, (_, at) => row(2 * at + 2));
  const list = await open();
  for (let pages = 1; pages < 7; pages += 1) await act(async () => list.current.loadMore());
  expect(list.current.rows.length).toBe(700);
  people = [...people, row(1301)];
  await pass();
  expect(list.current.isWhole).toBe(false);
  await pass();
  await pass();
  expect(list.current.rows.length).toBe(701);
});

test("a next page that could not be had is still to come: the list does not call what it has all there is", async () => {
  const list = await open();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("away")));
  act(() => list.current.loadMore());
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(list.current.moreProblem?.type).toBe("offline");
  expect([list.current.hasMore, list.current.comesByItself], "and is not asked for in a circle").toEqual([true, false]);
  vi.stubGlobal("fetch", answer);
  act(() => list.current.loadMore());
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect([list.current.rows.length, list.current.moreProblem]).toEqual([150, null]);
});
