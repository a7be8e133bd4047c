// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InWords } from "../../words/testing/in-words.tsx";
import { KeepFresh } from "./keep-fresh.client.tsx";

const router = vi.hoisted(() => ({ refresh: vi.fn<() => void>() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));

const answer = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
const signedOut = () => answer(401, { type: "urn:herald:problem:unauthenticated", title: "Not signed in", status: 401, detail: "" });

beforeEach(() => {
  vi.useFakeTimers();
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
  render(<KeepFresh />, { wrapper: InWords });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).not.toHaveBeenCalled();
  expect(screen.getByRole("link", { name: "Sign in in a new tab" })).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("link")).toBeNull();
});

test("while the session lasts the page is rendered anew, and an answer that does not come changes nothing", async () => {
  const answers = [() => answer(200, { userId: "1" }), () => Promise.reject(new TypeError("away"))];
  vi.stubGlobal("fetch", async () => answers.shift()?.());
  render(<KeepFresh />, { wrapper: InWords });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("alert")).toBeNull();
});
