// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { InWords } from "../words/testing/in-words.tsx";
import { type Decision, NotedConfirm, type NotedConfirmProps } from "./noted-confirm.client.tsx";

afterEach(cleanup);

/** A page with one question; `answers`: whether each try was done. */
function ask(note: NotedConfirmProps["note"], ...answers: readonly boolean[]) {
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
            return answers[said.length - 1] ?? true;
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
  expect(said[1]).toEqual(said[0]);
  fireEvent.click(screen.getByRole("button", { name: "Stop it" }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Why/ }).value, "the next question begins anew").toBe("");
});

test("it is described by what follows, not by its own form, and gives the focus back", async () => {
  ask(needed);
  const dialog = screen.getByRole("alertdialog", { name: "Stop it?" });
  expect(document.getElementById(dialog.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Nothing goes on.");
  fireEvent.click(screen.getByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Stop it"));
});
