// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import shell from "../../words/en/shell.json" with { type: "json" };
import { InWords } from "../../words/testing/in-words.tsx";
import { PanelPalette } from "./panel-palette.client.tsx";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => undefined }) }));
/** Holds the palette back until a test lets it come. */
const way = vi.hoisted(() => ({ isOpen: Promise.withResolvers<undefined>(), fetched: 0 }));
vi.mock("@herald/ui/palette", async (original) => {
  way.fetched += 1;
  await way.isOpen.promise;
  return original();
});
/** A busy machine reads the palette's code for longer than a second. */
const patience = { timeout: 15_000 };
class Observer implements ResizeObserver {
  observe = (): void => undefined;
  unobserve = (): void => undefined;
  disconnect = (): void => undefined;
}
beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Observer);
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Page() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <input aria-label="Name" />
      <PanelPalette workspaceId="1" isOpen={isOpen} onOpenChange={setOpen} mayCompose mayImport />
    </>
  );
}
const key = (name: string, more: object = {}): boolean =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });

test("the palette is no part of the page; what is typed before it is there stands in it, and the next opening begins anew", async () => {
  render(<Page />, { wrapper: InWords });
  expect(way.fetched).toBe(0);
  screen.getByRole("textbox", { name: "Name" }).focus();
  key("k", { ctrlKey: true });
  await waitFor(() => expect(way.fetched).toBe(1), patience);
  for (const letter of "sex") expect(key(letter), "not typed into what had the focus").toBe(false);
  key("Backspace");
  way.isOpen.resolve(undefined);
  const box = await screen.findByRole<HTMLInputElement>("combobox", {}, patience);
  expect(box.value).toBe("se");
  await waitFor(() => expect(screen.getByRole("option", { name: shell.places.settings })).toBeDefined());
  expect(screen.queryByRole("option", { name: shell.places.imports })).toBeNull();
  fireEvent.keyDown(box, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull());
  key("k", { ctrlKey: true });
  expect((await screen.findByRole<HTMLInputElement>("combobox", {}, patience)).value).toBe("");
});
