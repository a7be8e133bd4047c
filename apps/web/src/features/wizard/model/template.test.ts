import { expect, test } from "vitest";
import { fieldWords, filledText, fixedValues, guessedSource, mayBeSent } from "./template.ts";
import { templateViewOf } from "./template-view.ts";

const row = {
  source_id: "source",
  name: "spring_sale",
  language: "en_US",
  category: "MARKETING",
  status: "APPROVED",
  components: [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Hi {{first_name}}, our sale has begun." },
    { type: "FOOTER", text: "Reply STOP" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "See", url: "https://shop.example/{{1}}" },
        { type: "QUICK_REPLY", text: "No" },
      ],
    },
  ],
} as const;

test("the browser is given what the screen shows: text, parts, and what has to be filled", () => {
  expect(templateViewOf(row)).toMatchObject({
    header: { kind: "image" },
    body: "Hi {{first_name}}, our sale has begun.",
    footer: "Reply STOP",
    buttons: [
      { kind: "link", text: "See" },
      { kind: "reply", text: "No" },
    ],
    placeholders: [{ key: "header.media" }, { key: "body.first_name" }, { key: "button.0" }],
    unsupported: [],
  });
});

test("what is not approved, or has a part that cannot be filled, is shown and not sent", () => {
  expect(mayBeSent(templateViewOf(row))).toBe(true);
  expect(mayBeSent(templateViewOf({ ...row, status: "PENDING" }))).toBe(false);
  expect(mayBeSent(templateViewOf({ ...row, components: [{ type: "CAROUSEL" }] }))).toBe(false);
});

test("values stand where the placeholders were; one without a value stays to be seen", () => {
  expect(filledText("Hi {{ 1 }}, {{2}}", "body", { "body.1": "Ana" })).toBe("Hi Ana, {{2}}");
  expect(fixedValues({ "body.1": { from: "static", value: "x" }, "body.2": { from: "field", field: "city" } })).toEqual({ "body.1": "x" });
});

test("a placeholder that is named like a field is filled with it", () => {
  expect(guessedSource("First_Name", ["first_name"])).toEqual({ from: "field", field: "first_name" });
  expect(guessedSource("name", [])).toEqual({ from: "field", field: "display_name" });
  expect(guessedSource("1", ["first_name"])).toBeUndefined();
  expect(fieldWords("first_name")).toBe("First name");
});
