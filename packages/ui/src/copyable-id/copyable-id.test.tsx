// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { CopyableId } from "./copyable-id.tsx";

browserLike();

const VALUE = "0197a3c2-5f1e-7c44-9a10-2f6b8d3e4c55";

it.each([
  ["there is no clipboard", undefined],
  ["the clipboard refuses", { writeText: () => Promise.reject(new Error("not allowed")) }],
])("shows the whole of it, selected, when %s", async (_why, clipboard) => {
  const user = userEvent.setup();
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue(clipboard as unknown as Clipboard);
  render(<CopyableId value={VALUE} label="Request" copyLabel="Copy" copiedLabel="Copied" />);
  await user.click(screen.getByRole("button"));
  const whole = await screen.findByRole<HTMLInputElement>("textbox", { name: "Request" });
  expect(document.activeElement).toBe(whole);
  expect(whole.value.slice(whole.selectionStart ?? 0, whole.selectionEnd ?? 0)).toBe(VALUE);
  await user.tab();
  expect(screen.getByRole("button", { name: /Request/ })).toBeDefined();
  vi.restoreAllMocks();
});
