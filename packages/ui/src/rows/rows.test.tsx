// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { Row, RowFrame, RowLink } from "./rows.tsx";

browserLike();

it("is a list of rows for whoever hears it, each with one link; a row of names is none of them", () => {
  render(
    <RowFrame>
      <Row as="div" isHead aria-hidden="true">
        Sender
      </Row>
      <RowFrame as="ul" aria-label="Senders">
        <Row className="wide">
          <RowLink href="#one">One</RowLink>
        </Row>
        <Row>
          <RowLink href="#two">Two</RowLink>
        </Row>
      </RowFrame>
    </RowFrame>,
  );
  expect(screen.getAllByRole("listitem").map((item) => [item.textContent, item.classList.contains("wide")])).toEqual([
    ["One", true],
    ["Two", false],
  ]);
  expect(screen.getByRole("link", { name: "Two" }).getAttribute("href")).toBe("#two");
});
