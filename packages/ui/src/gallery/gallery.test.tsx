// @vitest-environment jsdom
import { render } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { Actions } from "./actions.tsx";
import { Foundations } from "./foundations.tsx";
import { Inputs } from "./inputs.tsx";
import { Instruments } from "./instruments.tsx";
import { Words } from "./words.tsx";

browserLike();

/** jsdom paints nothing, so contrast is proven in tokens.test.ts and in the browser suite. */
const RULES = { "color-contrast": { enabled: false }, region: { enabled: false } };

describe("every primitive in each state", () => {
  it.each(Object.entries({ Foundations, Actions, Words, Inputs, Instruments }))("%s: axe finds nothing", async (_, Part) => {
    const { container } = render(<Part />);
    const { violations } = await axe.run(container, { rules: RULES });
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
    expect(told).toEqual([]);
  });
});
