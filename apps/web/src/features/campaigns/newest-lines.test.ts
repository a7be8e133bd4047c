import { expect, test } from "vitest";
import { newestLines } from "./newest-lines.ts";

/** By the database's clock, whatever a browser thinks of it. */
const atMs = Date.UTC(2026, 10, 21, 14);
const page = (madeAtMs: number) => ({ campaigns: [], attention: 1, atMs: madeAtMs });
const asked = (pageAtMs: number) => ({ campaigns: [], attention: 2, pageAtMs });

test("what was asked for on a page is newer than the page", () => {
  expect(newestLines(page(atMs), asked(atMs)).attention).toBe(2);
});

test("a page that came since is newer than an answer to a question from before it", () => {
  expect(newestLines(page(atMs + 1), asked(atMs)).attention).toBe(1);
});

test("an old page that the way back shows again does not undo an answer", () => {
  expect(newestLines(page(atMs - 60_000), asked(atMs)).attention).toBe(2);
});

test("before the first answer there is the page", () => {
  expect(newestLines(page(atMs), null).attention).toBe(1);
});
