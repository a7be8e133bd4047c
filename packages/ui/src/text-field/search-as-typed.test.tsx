// @vitest-environment jsdom
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { SearchAsTyped } from "./search-as-typed.tsx";

browserLike();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const box = (): HTMLInputElement => screen.getByRole("searchbox", { name: "Search" });
const type = (text: string): void => void fireEvent.change(box(), { target: { value: text } });
const rest = (): void => act(() => void vi.advanceTimersByTime(250));

/** The box, the searches it told, and a way to give it another value. */
function open(value = "") {
  const told: string[] = [];
  const element = (now: string) => <SearchAsTyped label="Search" icon={null} value={now} onSearch={(search) => told.push(search)} />;
  const { rerender } = render(element(value));
  return { told, become: (now: string) => rerender(element(now)) };
}

it("tells once, when the typing rests, and without the spaces around it", () => {
  const { told } = open();
  type("a");
  type(" ana ");
  expect(told).toEqual([]);
  rest();
  expect(told).toEqual(["ana"]);
  expect(box().value).toBe(" ana ");
});

it("keeps the words that are still being typed when the page of earlier ones arrives late", () => {
  const { told, become } = open();
  type("an");
  rest();
  type("ana ");
  become("an");
  expect(box().value).toBe("ana ");
  rest();
  become("ana");
  expect([told, box().value]).toEqual([["an", "ana"], "ana "]);
});

it("follows an address that changed by itself, once all that was typed is told", () => {
  const { told, become } = open("ana");
  become("bob");
  expect(box().value).toBe("bob");
  type("bobby");
  become("");
  expect(box().value).toBe("bobby");
  rest();
  expect(told).toEqual(["bobby"]);
});

it("tells before what is pressed next: when it is left, and by Enter; and nothing twice", () => {
  const { told, become } = open();
  type("ana");
  fireEvent.blur(box());
  expect(told).toEqual(["ana"]);
  become("ana");
  rest();
  fireEvent.blur(box());
  type("ana m");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(told).toEqual(["ana", "ana m"]);
});

it("tells to whoever listens when it rests, not to who did when it was typed", () => {
  const [before, now] = [vi.fn<(search: string) => void>(), vi.fn<(search: string) => void>()];
  const { rerender } = render(<SearchAsTyped label="Search" icon={null} value="" onSearch={before} />);
  type("ana");
  rerender(<SearchAsTyped label="Search" icon={null} value="" onSearch={now} />);
  rest();
  expect([before.mock.calls, now.mock.calls]).toEqual([[], [["ana"]]]);
});

it("asks for nothing when the words are as they were", () => {
  const { told } = open("ana");
  type("anab");
  type("ana");
  rest();
  expect(told).toEqual([]);
});
