// @vitest-environment jsdom
import { err } from "@herald/kernel";
import { Toaster } from "@herald/ui/toast";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InWords } from "../words/testing/in-words.tsx";
import type { DoorProblem } from "./call-door.ts";
import { ProblemState } from "./problem-words.client.tsx";
import { useAct } from "./use-act.client.ts";

const problem = (type: string): DoorProblem => ({
  type,
  status: 401,
  title: "Not signed in",
  detail: "Told by the door.",
  requestId: "request-1",
});
const wayIn = { name: "Sign in in a new tab" } as const;

beforeEach(() => history.replaceState(null, "", "/panel/w/1/campaigns?status=sent"));
afterEach(cleanup);

function Deed() {
  const { act } = useAct();
  return (
    <button type="button" onClick={() => void act(async () => err(problem("unauthenticated")))}>
      Do it
    </button>
  );
}

test("a part that failed because the session ended leads to the sign-in page and back to this very address, and says that nothing is lost", () => {
  render(<ProblemState problem={problem("unauthenticated")} />, { wrapper: InWords });
  const link = screen.getByRole("link", wayIn);
  expect(link.getAttribute("href")).toBe("/sign-in?next=%2Fpanel%2Fw%2F1%2Fcampaigns%3Fstatus%3Dsent");
  expect(link.getAttribute("target"), "what was typed stays on this page").toBe("_blank");
  expect(screen.getByRole("alert").textContent).toContain("What you typed here stays");
});

test("an act that was refused because the session ended is told with the same way, and with its request id", async () => {
  render(
    <>
      <Deed />
      <Toaster label="Notices" closeLabel="Close this notice" />
    </>,
    { wrapper: InWords },
  );
  fireEvent.click(screen.getByRole("button", { name: "Do it" }));
  const toast = within(await screen.findByRole("alert"));
  expect(toast.getByRole("link", wayIn).getAttribute("href")).toBe("/sign-in?next=%2Fpanel%2Fw%2F1%2Fcampaigns%3Fstatus%3Dsent");
  expect(toast.getByRole("button", { name: /Request/ }).textContent).toContain("request-");
});

test("what stands after the # goes along where no server sees it", () => {
  history.replaceState(null, "", "/invite#a-token");
  render(<ProblemState problem={problem("unauthenticated")} />, { wrapper: InWords });
  expect(screen.getByRole("link", wayIn).getAttribute("href")).toBe("/sign-in?next=%2Finvite#a-token");
});

test("a wrong password is no ended session: the door's words, and no way to where one is", () => {
  render(<ProblemState problem={problem("wrong_credentials")} />, { wrapper: InWords });
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain("Told by the door.");
});
