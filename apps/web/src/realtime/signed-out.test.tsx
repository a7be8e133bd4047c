// @vitest-environment jsdom
import { err, ok, type Result } from "@herald/kernel";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { DoorProblem } from "../acting/call-door.ts";
import { InWords } from "../words/testing/in-words.tsx";
import { LiveChip } from "./connection-chip.client.tsx";
import { useLive } from "./use-live.client.ts";

afterEach(cleanup);

const refused = (type: string): Result<string, DoorProblem> => err({ type, status: 401, title: "", detail: "" });
/** What the door answers to each question, the last one again and again. */
function screenOf(...answers: readonly Result<string, DoorProblem>[]) {
  let asked = 0;
  const load = async (): Promise<Result<string, DoorProblem>> => {
    asked += 1;
    return answers[Math.min(asked, answers.length) - 1] ?? refused("offline");
  };
  const initial = { data: "as rendered", atMs: Date.now() };
  function Screen() {
    const { data, connection, asOfMs, refresh } = useLive(initial, load, null);
    return (
      <>
        <output>{data}</output>
        <LiveChip connection={connection} asOfMs={asOfMs} />
        <button type="button" onClick={refresh}>
          Ask
        </button>
      </>
    );
  }
  return render(<Screen />, { wrapper: InWords });
}

test("a live question that is refused because the session ended says so, of when the numbers are, and how to sign in", async () => {
  screenOf(refused("unauthenticated"));
  expect(await screen.findByText(/^signed out, showing \d\d:\d\d:\d\d$/)).toBeDefined();
  const link = screen.getByRole("link", { name: "Sign in in a new tab" });
  expect(link.getAttribute("href")).toMatch(/^\/sign-in/);
  expect(link.getAttribute("target")).toBe("_blank");
});

test("once the reader signed in again, in whichever tab, the screen goes on by itself", async () => {
  screenOf(refused("unauthenticated"), ok("newer"));
  await screen.findByText(/^signed out/);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(await screen.findByText("newer", {}, { timeout: 5000 })).toBeDefined();
  expect(screen.queryByText(/^signed out/)).toBeNull();
  expect(screen.queryByRole("link")).toBeNull();
});

test("a question that nobody answers is no ended session", async () => {
  screenOf(refused("offline"));
  expect(await screen.findByText(/^showing /)).toBeDefined();
  expect(screen.queryByRole("link")).toBeNull();
});
