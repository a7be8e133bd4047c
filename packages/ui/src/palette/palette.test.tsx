// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { Palette } from "./palette.tsx";
import { usePaletteKey } from "./use-palette-key.ts";

browserLike();

function openPalette() {
  const newCampaign = vi.fn<() => void>();
  const contacts = vi.fn<() => void>();
  const onOpenChange = vi.fn<(isOpen: boolean) => void>();
  render(
    <Palette
      isOpen
      onOpenChange={onOpenChange}
      label="Search or do"
      placeholder="Search"
      emptyText="Nothing by this name."
      groups={[
        { key: "do", heading: "Do", items: [{ key: "new", text: "New campaign", onSelect: newCampaign }] },
        { key: "go", heading: "Go to", items: [{ key: "contacts", text: "Contacts", keywords: ["people"], onSelect: contacts }] },
      ]}
    />,
  );
  return { newCampaign, contacts, onOpenChange };
}

it("does what the arrow keys chose, then closes", async () => {
  const user = userEvent.setup();
  const { contacts, newCampaign, onOpenChange } = openPalette();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(contacts).toHaveBeenCalledTimes(1);
  expect(newCampaign).not.toHaveBeenCalled();
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

it("finds by other words than the one it shows", async () => {
  const user = userEvent.setup();
  openPalette();
  await user.keyboard("people");
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["Contacts"]);
});

it("says so when nothing has this name", async () => {
  const user = userEvent.setup();
  openPalette();
  await user.keyboard("zzzz");
  expect(screen.getByText("Nothing by this name.")).toBeTruthy();
});

it("opens with Ctrl K from anywhere", async () => {
  const user = userEvent.setup();
  const onPress = vi.fn<() => void>();
  const Page = () => {
    usePaletteKey(onPress);
    return <p>page</p>;
  };
  render(<Page />);
  await user.keyboard("{Control>}k{/Control}");
  expect(onPress).toHaveBeenCalledTimes(1);
});
