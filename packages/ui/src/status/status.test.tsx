// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { STATUSES } from "../gallery/samples.tsx";
import { browserLike } from "../testing/dom.ts";
import { Status } from "./status.tsx";

browserLike();

it.each(STATUSES)("$kind is told by a word and an icon, not by colour alone", ({ kind, word }) => {
  const { container } = render(<Status kind={kind} word={word} />);
  expect(container.textContent).toBe(word);
  expect(container.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
});

it("no two of them that mean different things look the same", () => {
  const looks = STATUSES.map(({ kind, word }) => render(<Status kind={kind} word={word} />).container.querySelector("svg")?.innerHTML);
  expect(new Set(looks).size).toBe(STATUSES.length);
});
