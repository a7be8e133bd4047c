// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Dialog } from "../dialog/dialog.tsx";
import { browserLike } from "../testing/dom.ts";
import { showToast, Toaster } from "./toast.tsx";
import type * as Stack from "./toast-stack.tsx";

/** Whether the stack can be fetched, and how often it was asked for. */
const stack = vi.hoisted(() => ({ isThere: true, asked: 0 }));
vi.mock("./toast-stack.tsx", async (original) => {
  const { ToastStack } = await original<typeof Stack>();
  return {
    get ToastStack() {
      stack.asked += 1;
      if (!stack.isThere) throw new Error("no connection");
      return ToastStack;
    },
  };
});

browserLike();
// a busy machine reads the code of the stack for longer than a second
configure({ asyncUtilTimeout: 10_000 });
beforeEach(() => {
  stack.isThere = true;
  stack.asked = 0;
});
afterEach(cleanup);

/** A page with the place for toasts. */
function page(dialog?: () => void) {
  render(
    <>
      {dialog ? <Dialog isOpen onOpenChange={dialog} title="Edit" closeLabel="Close" /> : null}
      <Toaster label="Notices" closeLabel="Close this notice" />
    </>,
  );
  return (...message: Parameters<typeof showToast>): void => act(() => showToast(...message));
}
const stacked = (element: HTMLElement): boolean => element.closest("[data-sonner-toaster]") !== null;

it("the page fetches no stack; the first message does, and appears in it", async () => {
  const show = page();
  expect(screen.getByRole("region", { name: /^Notices/ }).textContent).toBe("");
  expect(stack.asked).toBe(0);
  show({ tone: "ok", title: "Saved" });
  show({ tone: "bad", title: "Not saved" });
  expect(stacked(await screen.findByText("Saved"))).toBe(true);
  expect(stacked(await screen.findByText("Not saved"))).toBe(true);
  expect(screen.getAllByText("Saved"), "told once").toHaveLength(1);
  show({ tone: "ok", title: "Saved again" });
  expect(stacked(await screen.findByText("Saved again"))).toBe(true);
});

it("what is said before there is a place for it waits for the place", async () => {
  showToast({ tone: "ok", title: "Early" });
  page();
  expect(await screen.findByText("Early")).toBeDefined();
});

it("where the stack cannot be fetched the message is told all the same, with its way and its action, and a dialog stays open under it", async () => {
  stack.isThere = false;
  const onOpenChange = vi.fn<(isOpen: boolean) => void>();
  const onClick = vi.fn<() => void>();
  const show = page(() => onOpenChange(false));
  show({ tone: "bad", title: "Herald does not answer", way: <a href="#sign-in">Sign in</a>, action: { verb: "Undo", onClick } });
  const toast = await screen.findByText("Herald does not answer");
  expect(stacked(toast)).toBe(false);
  expect(toast.closest("[role=alert]")).not.toBeNull();
  expect(screen.getByText("Sign in")).toBeDefined();
  // a dialog listens for presses from the next turn on
  await new Promise((resolve) => setImmediate(resolve));
  fireEvent.pointerDown(toast);
  fireEvent.click(toast);
  expect(onOpenChange).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText("Undo"));
  expect(onClick).toHaveBeenCalledOnce();
  expect(screen.queryByText("Herald does not answer")).toBeNull();
});

it("what could not be stacked moves into the stack once the connection is back", async () => {
  stack.isThere = false;
  const show = page();
  show({ tone: "bad", title: "Herald does not answer" });
  await screen.findByText("Herald does not answer");
  stack.isThere = true;
  fireEvent(window, new Event("online"));
  await waitFor(() => expect(stacked(screen.getByText("Herald does not answer"))).toBe(true));
});

it.each([true, false])(
  "a card that stays is closed by a button with a name (stacked: %s), and one that leaves by itself has none",
  async (isThere) => {
    stack.isThere = isThere;
    const show = page();
    // the stack remembers what earlier pages were told
    const [leaves, stays] = [`Started, ${isThere}`, `Not started, ${isThere}`];
    show({ tone: "ok", title: leaves });
    show({ tone: "bad", title: stays });
    const cardOf = async (title: string, role: string) => {
      const card = (await screen.findByText(title)).closest<HTMLElement>(`[role=${role}]`);
      if (card === null) throw new Error(`${title} is on no card`);
      return card;
    };
    const card = await cardOf(stays, "alert");
    expect(stacked(card)).toBe(isThere);
    expect(within(await cardOf(leaves, "status")).queryByRole("button")).toBeNull();
    const close = within(card).getByRole("button", { name: "Close this notice" });
    close.focus();
    expect(document.activeElement, "by keyboard too").toBe(close);
    fireEvent.click(close);
    await waitFor(() => expect(screen.queryByText(stays)).toBeNull());
    expect(screen.getByText(leaves)).toBeDefined();
  },
);
