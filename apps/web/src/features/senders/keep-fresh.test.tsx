// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InWords } from "../../words/testing/in-words.tsx";
import { KeepFresh } from "./keep-fresh.client.tsx";

const router = vi.hoisted(() => ({ refresh: vi.fn<() => void>() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));

const atMs = Date.UTC(2026, 10, 21, 14, 21, 7);
const shown = (): string => screen.getByRole("status").textContent;
const answer = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
const signedOut = () => answer(401, { type: "urn:herald:problem:unauthenticated", title: "Not signed in", status: 401, detail: "" });

beforeEach(() => {
  vi.useFakeTimers({ now: atMs });
  router.refresh.mockClear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a session that ended does not take the page away from whoever types in it: the way to sign in is shown, and it goes on afterwards", async () => {
  const answers = [signedOut(), answer(200, { userId: "1" })];
  vi.stubGlobal("fetch", async () => answers.shift());
  render(<KeepFresh atMs={atMs} />, { wrapper: InWords });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).not.toHaveBeenCalled();
  expect(screen.getByRole("link", { name: "Sign in in a new tab" })).toBeDefined();
  expect(shown()).toBe("signed out, showing 14:21:07");
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("link")).toBeNull();
});

test("while the session lasts the page is rendered anew, and where an answer does not come it says of when the page is", async () => {
  const answers = [() => answer(200, { userId: "1" }), () => Promise.reject(new TypeError("away"))];
  vi.stubGlobal("fetch", async () => answers.shift()?.());
  render(<KeepFresh atMs={atMs} />, { wrapper: InWords });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
  expect(shown()).toBe("showing 14:21:07");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a page that is not followed by another one is old, though the session lasts; the next one is not", async () => {
  vi.stubGlobal("fetch", async () => answer(200, { userId: "1" }));
  const { rerender } = render(<KeepFresh atMs={atMs} />, { wrapper: InWords });
  await act(() => vi.advanceTimersByTimeAsync(25_000));
  expect(shown()).toBe("reconnecting");
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(shown()).toBe("showing 14:21:07");
  rerender(<KeepFresh atMs={atMs + 35_000} />);
  expect(shown()).toBe("reconnecting");
});
