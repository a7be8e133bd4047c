// @vitest-environment jsdom
import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { showToast, Toaster } from "../toast/toast.tsx";
import { Dialog } from "./dialog.tsx";

browserLike();
// sonner follows the pointer on a toast, which jsdom cannot
Element.prototype.setPointerCapture = vi.fn<() => void>();

it("stays open when a toast is pressed, and still closes by Escape", async () => {
  const onOpenChange = vi.fn<(isOpen: boolean) => void>();
  render(
    <>
      <Dialog isOpen onOpenChange={onOpenChange} title="Edit" closeLabel="Close" />
      <Toaster label="Notices" closeLabel="Close this notice" />
    </>,
  );
  act(() => showToast({ tone: "bad", title: "Signed out" }));
  const toast = await screen.findByText("Signed out");
  // a dialog listens for presses from the next turn on
  await new Promise((resolve) => setImmediate(resolve));
  fireEvent.pointerDown(toast);
  fireEvent.click(toast);
  expect(onOpenChange).not.toHaveBeenCalled();
  fireEvent.keyDown(document, { key: "Escape" });
  expect(onOpenChange).toHaveBeenCalledWith(false);
});
