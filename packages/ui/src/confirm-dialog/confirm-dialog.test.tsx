// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { Button } from "../button/button.tsx";
import { browserLike } from "../testing/dom.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";

browserLike();

function Page({
  onConfirm,
  typed,
}: {
  readonly onConfirm: () => void;
  readonly typed?: { readonly word: string; readonly label: string };
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Stop for good</Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Stop Spring sale for good?"
        verb="Stop 1,196 messages"
        stayVerb="Keep sending"
        tone="danger"
        onConfirm={onConfirm}
        {...(typed ? { typed } : {})}
      >
        1,196 people will not get it.
      </ConfirmDialog>
    </>
  );
}

it("starts on the harmless choice, so that a second Enter changes nothing, and gives the focus back", async () => {
  const user = userEvent.setup();
  const onConfirm = vi.fn<() => void>();
  render(<Page onConfirm={onConfirm} />);
  screen.getByRole("button", { name: "Stop for good" }).focus();
  await user.keyboard("{Enter}");
  expect(document.activeElement?.textContent).toBe("Keep sending");
  await user.keyboard("{Enter}");
  expect(onConfirm).not.toHaveBeenCalled();
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Stop for good"));
});

it("is named by its question and described by its consequence", async () => {
  const user = userEvent.setup();
  render(<Page onConfirm={vi.fn<() => void>()} />);
  await user.click(screen.getByRole("button", { name: "Stop for good" }));
  const dialog = screen.getByRole("alertdialog", { name: "Stop Spring sale for good?" });
  expect(document.getElementById(dialog.getAttribute("aria-describedby") ?? "")?.textContent).toBe("1,196 people will not get it.");
});

it("lets nothing through until the word is typed", async () => {
  const user = userEvent.setup();
  const onConfirm = vi.fn<() => void>();
  render(<Page onConfirm={onConfirm} typed={{ word: "stop", label: "Type “stop”" }} />);
  await user.click(screen.getByRole("button", { name: "Stop for good" }));
  const verb = screen.getByRole("button", { name: "Stop 1,196 messages" });
  await user.click(verb);
  expect(onConfirm).not.toHaveBeenCalled();
  await user.type(screen.getByRole("textbox", { name: "Type “stop”" }), "Stop");
  await user.click(verb);
  expect(onConfirm).toHaveBeenCalledTimes(1);
});
