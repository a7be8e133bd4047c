// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import base from "../../words/en/base.json" with { type: "json" };
import signIn from "../../words/en/signIn.json" with { type: "json" };
import { WordsProvider } from "../../words/words-provider.client.tsx";
import { SignInForm } from "./sign-in-form.client.tsx";

const router = vi.hoisted(() => ({ replace: vi.fn<(href: string) => void>(), refresh: vi.fn<() => void>() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  router.replace.mockClear();
});

const show = () =>
  render(
    <WordsProvider messages={{ base, signIn }} zone="UTC" nowMs={0}>
      <SignInForm next="/invite" />
    </WordsProvider>,
  );

test("whoever signed in is led back whence they came, with what stood after the #", async () => {
  history.replaceState(null, "", "/sign-in?next=%2Finvite#a-token");
  vi.stubGlobal("fetch", async () => new Response("{}"));
  show();
  fireEvent.change(screen.getByLabelText(signIn.email), { target: { value: "ana@example.com" } });
  fireEvent.change(screen.getByLabelText(signIn.password), { target: { value: "plant more trees" } });
  fireEvent.click(screen.getByRole("button", { name: signIn.verb }));
  await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/invite#a-token"));
});

test("what is no e-mail address is refused before anything is sent, though its rules come after the page, and stays as it was typed", async () => {
  const send = vi.fn<typeof fetch>(async () => new Response("{}"));
  vi.stubGlobal("fetch", send);
  show();
  const email = screen.getByLabelText<HTMLInputElement>(signIn.email);
  fireEvent.change(email, { target: { value: "ana" } });
  fireEvent.click(screen.getByRole("button", { name: signIn.verb }));
  expect(await screen.findByText(signIn.emailNeeded)).toBeDefined();
  expect(screen.getByText(signIn.passwordNeeded)).toBeDefined();
  expect(email.value).toBe("ana");
  expect(send).not.toHaveBeenCalled();
  expect(router.replace).not.toHaveBeenCalled();
});
