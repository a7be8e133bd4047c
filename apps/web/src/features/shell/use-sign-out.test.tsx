// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { beforeSignOut } from "../../acting/before-sign-out.ts";
import shell from "../../words/en/shell.json" with { type: "json" };
import { InWords } from "../../words/testing/in-words.tsx";
import { SignOutButton } from "./sign-out.client.tsx";

const router = vi.hoisted(() => ({ replace: vi.fn<(href: string) => void>(), refresh: vi.fn<() => void>() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));
const showToast = vi.hoisted(() => vi.fn<(message: object) => void>());
vi.mock("@herald/ui/toast", () => ({ showToast }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("what a screen still has to do is done while the session stands; what it could not do is told, and the way out stays open", async () => {
  const order: string[] = [];
  vi.stubGlobal("fetch", async () => {
    order.push("signed out");
    return Response.json({ signedOut: true });
  });
  const takeBack = beforeSignOut(async () => {
    order.push("tried to save");
    return { title: "Not saved", text: "It stays in this tab." };
  });
  render(<SignOutButton />, { wrapper: InWords });
  fireEvent.click(screen.getByRole("button", { name: shell.signOut }));
  await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/sign-in"));
  expect(showToast.mock.calls).toEqual([[{ tone: "bad", title: "Not saved", text: "It stays in this tab." }]]);
  takeBack();
  fireEvent.click(screen.getByRole("button", { name: shell.signOut }));
  await waitFor(() => expect(order).toEqual(["tried to save", "signed out", "signed out"]));
});
