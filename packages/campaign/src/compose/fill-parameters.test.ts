import fc from "fast-check";
import { expect, test } from "vitest";
import type { VariableSources } from "./content.ts";
import { fillParameters } from "./fill-parameters.ts";
import { placeholdersOf } from "./placeholders.ts";

const template = placeholdersOf({
  components: [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Hi {{1}}, {{2}}" },
    { type: "BUTTONS", buttons: [{ type: "URL", url: "https://example.com/{{1}}" }] },
  ],
});
const body = placeholdersOf({ components: [{ type: "BODY", text: "{{1}}" }] });
const ana = { displayName: "Ana", fields: { city: "Lima", order: "A-17", empty: "  " } };
const fillBody = (source: VariableSources[string], person: { displayName: string; fields: Readonly<Record<string, string>> } = ana) => {
  const { parameters, missing, fellBack } = fillParameters(body, { "body.1": source }, person);
  return { value: parameters.body[0]?.value, missing, fellBack };
};

test("every part of a template is filled from its own source", () => {
  expect(
    fillParameters(
      template,
      {
        "header.media": { from: "static", value: "https://example.com/a.png" },
        "body.1": { from: "field", field: "display_name" },
        "body.2": { from: "field", field: "city" },
        "button.0": { from: "field", field: "order" },
      },
      ana,
    ),
  ).toEqual({
    parameters: {
      body: [
        { name: "1", value: "Ana" },
        { name: "2", value: "Lima" },
      ],
      headerMediaUrl: "https://example.com/a.png",
      buttons: [{ index: "0", urlSuffix: "A-17" }],
    },
    missing: [],
    fellBack: [],
  });
});

test("parts that a template does not have are left out, not sent empty", () => {
  expect(Object.keys(fillParameters(body, { "body.1": { from: "static", value: "x" } }, ana).parameters)).toEqual(["body"]);
});

test("a field that is empty, blank or unknown falls back, and that is told", () => {
  for (const field of ["empty", "unknown"])
    expect(fillBody({ from: "field", field, fallback: " friend " })).toEqual({ value: "friend", missing: [], fellBack: ["body.1"] });
  expect(fillBody({ from: "field", field: "city", fallback: "friend" })).toEqual({ value: "Lima", missing: [], fellBack: [] });
});

test("a value that nothing gives is missing: no source, no field, no fallback or a blank one", () => {
  expect(fillParameters(body, {}, ana).missing).toEqual(["body.1"]);
  for (const fallback of [undefined, "", " \n "])
    expect(fillBody({ from: "field", field: "unknown", fallback })).toMatchObject({ missing: ["body.1"] });
});

test("a field named like a property of every object is nobody's value", () => {
  for (const field of ["constructor", "toString", "__proto__", "hasOwnProperty"])
    expect(fillBody({ from: "field", field })).toMatchObject({ value: "", missing: ["body.1"] });
});

test("header media that is no public HTTPS link counts as missing, for that person alone", () => {
  const media = placeholdersOf({ components: [{ type: "HEADER", format: "IMAGE" }] });
  const missingFor = (photo: string) =>
    fillParameters(media, { "header.media": { from: "field", field: "photo" } }, { displayName: "", fields: { photo } }).missing;
  expect(missingFor("http://example.com/a.png")).toEqual(["header.media"]);
  expect(missingFor("https://example.com/a.png")).toEqual([]);
});

test("no value has line breaks, tabs or runs of spaces, and the same person always gets the same message", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (city, fallback) => {
      const fill = () =>
        fillBody({ from: "field", field: "city", fallback: `${fallback}\t\n` }, { displayName: "", fields: { city: ` \r\n${city}    x` } });
      expect(fill().value).not.toMatch(/[\n\r\t]|\s\s|^\s|\s$/u);
      expect(fill()).toEqual(fill());
    }),
  );
});
