// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { STORY } from "../gallery/samples.tsx";
import { browserLike } from "../testing/dom.ts";
import { Timeline } from "./timeline.tsx";

browserLike();

it("tells what happened as a list in its order, each step by its words", () => {
  render(<Timeline label="What happened" steps={STORY} />);
  const items = within(screen.getByRole("list", { name: "What happened" })).getAllByRole("listitem");
  expect(items).toHaveLength(STORY.length);
  expect(items[0]?.textContent).toContain("In VIPs, from the import vip.csv, row 18");
  expect(items.at(-1)?.textContent).toContain("Tried again");
});

it("says a day once, where it begins", () => {
  render(<Timeline label="What happened" steps={STORY} />);
  expect(screen.getAllByText("21 Nov 2026")).toHaveLength(1);
  expect(screen.getAllByText("3 Mar 2026")).toHaveLength(1);
});

it("marks are not read aloud: the words say all", () => {
  const { container } = render(<Timeline label="What happened" steps={STORY} />);
  expect(container.querySelectorAll("svg")).toHaveLength(STORY.length);
  for (const mark of container.querySelectorAll("svg")) expect(mark.closest("[aria-hidden='true']")).not.toBeNull();
});
