import { expect, test } from "vitest";
import type { TemplateComponent } from "./content.ts";
import { mismatchedVariables, placeholdersOf, unsupportedPartsOf } from "./placeholders.ts";

const keysOf = (...components: TemplateComponent[]): string[] => placeholdersOf({ components }).map(({ key }) => key);

test("positional and named values of the body are found, each once, in their order", () => {
  expect(keysOf({ type: "BODY", text: "Hi {{1}}, {{2}} of {{1}}" })).toEqual(["body.1", "body.2"]);
  expect(keysOf({ type: "body", text: "Hi {{ first_name }}, see {{order.id}}" })).toEqual(["body.first_name", "body.order.id"]);
});

test("a header asks for its text values, or for its media", () => {
  expect(keysOf({ type: "HEADER", format: "TEXT", text: "For {{1}}" })).toEqual(["header.1"]);
  for (const format of ["IMAGE", "video", "DOCUMENT"]) expect(keysOf({ type: "HEADER", format })).toEqual(["header.media"]);
});

test("only the buttons with a dynamic URL ask for a value, under their own index", () => {
  const buttons = [
    { type: "QUICK_REPLY", text: "Stop" },
    { type: "URL", text: "Shop", url: "https://example.com/shop" },
    { type: "URL", text: "Order", url: "https://example.com/{{1}}" },
  ];
  expect(keysOf({ type: "BUTTONS", buttons })).toEqual(["button.2"]);
});

test("what is fixed asks for nothing", () => {
  expect(
    keysOf(
      { type: "FOOTER", text: "Reply STOP {{1}}" },
      { type: "BODY" },
      { type: "BUTTONS" },
      { type: "HEADER", format: "TEXT", text: "Sale" },
    ),
  ).toEqual([]);
});

test("a part that no variable can fill is named, so that it is refused before anything is sent", () => {
  expect(
    unsupportedPartsOf({
      components: [
        { type: "CAROUSEL" },
        { type: "HEADER", format: "LOCATION" },
        { type: "BUTTONS", buttons: [{ type: "COPY_CODE" }, { type: "URL", url: "https://example.com" }, { type: "QUICK_REPLY" }] },
      ],
    }),
  ).toEqual(["CAROUSEL", "LOCATION header", "COPY_CODE button"]);
  expect(
    unsupportedPartsOf({ components: [{ type: "HEADER", format: "IMAGE" }, { type: "BODY", text: "{{1}}" }, { type: "FOOTER" }] }),
  ).toEqual([]);
});

test("a placeholder without a source and a source without a placeholder are both named", () => {
  const placeholders = placeholdersOf({ components: [{ type: "BODY", text: "{{1}} {{2}}" }] });
  expect(mismatchedVariables(placeholders, { "body.1": { from: "static", value: "x" }, "body.9": { from: "static", value: "y" } })).toEqual(
    {
      missing: ["body.2"],
      unknown: ["body.9"],
    },
  );
});
