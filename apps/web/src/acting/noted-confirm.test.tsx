// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { InWords } from "../words/testing/in-words.tsx";
import type { DoorProblem } from "./call-door.ts";
import { type Decision, NotedConfirm, type NotedConfirmProps } from "./noted-confirm.client.tsx";

afterEach(cleanup);

type Answer = boolean | DoorProblem;

/** A page with one question; `answers`: whether each try was done, or why not. */
function ask(note: NotedConfirmProps["note"], ...answers: readonly Answer[]) {
  const said: Decision[] = [];
  function Page() {
    const [isOpen, setOpen] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          Stop it
        </button>
        <NotedConfirm
          isOpen={isOpen}
          onOpenChange={setOpen}
          title="Stop it?"
          verb="Stop"
          stayVerb="Keep it"
          note={note}
          onConfirm={async (decision) => {
            said.push(decision);
            const answer = answers[said.length - 1] ?? true;
            return typeof answer === "boolean" ? answer : !decision.tell(answer);
          }}
        >
          Nothing goes on.
        </NotedConfirm>
      </>
    );
  }
  render(<Page />, { wrapper: InWords });
  screen.getByRole("button", { name: "Stop it" }).focus();
  fireEvent.click(screen.getByRole("button", { name: "Stop it" }));
  return said;
}
const note = { label: "Why", hint: "Kept." };
const needed = { ...note, needed: "Say why." };
const write = (text: string): boolean => fireEvent.change(screen.getByRole("textbox", { name: /Why/ }), { target: { value: text } });
const press = (): boolean => fireEvent.click(screen.getByRole("button", { name: "Stop" }));

test("a reason that must be given is asked for before anything is done", async () => {
  const said = ask(needed);
  press();
  expect(await screen.findByText("Say why.")).toBeDefined();
  write("  ");
  press();
  expect(said).toEqual([]);
  write(" it was wrong ");
  expect(screen.queryByText("Say why.")).toBeNull();
  press();
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(said.map((one) => one.note)).toEqual(["it was wrong"]);
});

test("a reason that may be given may be left out, and is said to be optional", async () => {
  const said = ask(note);
  expect(screen.getByText("optional")).toBeDefined();
  press();
  await waitFor(() => expect(said.map((one) => one.note)).toEqual([""]));
});

test("what was refused keeps the question, its words, and the key that makes the next try the same one", async () => {
  const said = ask(needed, false, true);
  write("for a reason");
  press();
  await waitFor(() => expect(said).toHaveLength(1));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Why/ }).value).toBe("for a reason");
  press();
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(said[1]).toMatchObject({ note: said[0]?.note, key: said[0]?.key });
  fireEvent.click(screen.getByRole("button", { name: "Stop it" }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Why/ }).value, "the next question begins anew").toBe("");
});

test("it is described by what follows, not by its own form, and gives the focus back", async () => {
  ask(needed);
  const dialog = screen.getByRole("alertdialog", { name: "Stop it?" });
  expect(document.getElementById(dialog.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Nothing goes on.");
  fireEvent.click(screen.getByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Stop it" })));
});

const refusal = (type: string, status: number): DoorProblem => ({ type, status, title: "Refused", detail: "Told by the door." });

test("why it was not done is told in the question, which the focus cannot leave: with the way to sign in again, and the note kept", async () => {
  ask(needed, refusal("unauthenticated", 401), true);
  write("for a reason");
  press();
  const dialog = within(screen.getByRole("alertdialog"));
  expect((await dialog.findByRole("link", { name: "Sign in in a new tab" })).getAttribute("target")).toBe("_blank");
  const box = dialog.getByRole<HTMLTextAreaElement>("textbox", { name: /Why/ });
  expect([box.value, box.readOnly]).toEqual(["for a reason", false]);
  press();
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
});

test.each([refusal("offline", 0), refusal("unreadable", 502), refusal("internal", 500), refusal("idempotency_in_progress", 409)])(
  "a note that may have been taken ($type) stays as it was sent, and says why: other words under its key would be refused for good",
  async (problem) => {
    const said = ask(needed, problem, true);
    write("for a reason");
    press();
    await screen.findByText(/pressing again repeats this very request/);
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Why/ }).readOnly).toBe(true);
    press();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(said[1]).toMatchObject({ note: "for a reason", key: said[0]?.key });
  },
);

test.each([
  ["idempotency_conflict", /look at what the first press did/],
  ["idempotency_in_progress", /press again: you get the answer to the first press/],
])("%s is told to a reader, who knows of no key", async (type, words) => {
  ask(note, refusal(type, 422));
  press();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toMatch(words);
  expect(alert.textContent).not.toMatch(/key|Told by the door/i);
});
