import { describe, expect, it } from "vitest";
import type { Template } from "../config/config.ts";
import { readTemplateRequest } from "./template-request.ts";
import { refusalOfParameters, refusalOfStatus } from "./template-rules.ts";
import { shapeOf, templateComponents } from "./template-shape.ts";

const body = (...texts: string[]) => ({ type: "body", parameters: texts.map((text) => ({ type: "text", text })) });
const named = (parameters: Record<string, string>) => ({
  type: "body",
  parameters: Object.entries(parameters).map(([name, text]) => ({ type: "text", parameter_name: name, text })),
});

function refusal(template: unknown[], sent: unknown[], format: Template["parameterFormat"] = "POSITIONAL") {
  const request = readTemplateRequest({ name: "offer", language: { code: "en" }, components: sent });
  if (!request.ok) throw new Error(request.error.message);
  const error = refusalOfParameters(request.value, shapeOf(templateComponents.parse(template)), format);
  return error === null ? null : `${error.code} ${error.details ?? ""}`;
}

describe("parameters that do not fit the template", () => {
  const greeting = [{ type: "BODY", text: "Hi {{1}}, {{2}} and again {{1}}" }];
  const picture = [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Look" },
  ];
  const link = [
    { type: "BODY", text: "Look" },
    { type: "BUTTONS", buttons: [{ type: "URL", text: "Go", url: "https://a.example/{{1}}" }] },
  ];
  const coupon = [
    { type: "BODY", text: "Save" },
    { type: "BUTTONS", buttons: [{ type: "COPY_CODE", text: "Copy" }] },
  ];

  it.each<[string, unknown[], unknown[], string]>([
    ["too few", greeting, [body("Ana")], "132000 body: number of localizable_params (1) does not match the expected number of params (2)"],
    ["none at all", greeting, [], "132000 body: number of localizable_params (0) does not match the expected number of params (2)"],
    [
      "too many",
      greeting,
      [body("a", "b", "c")],
      "132000 body: number of localizable_params (3) does not match the expected number of params (2)",
    ],
    ["an empty text", greeting, [body("Ana", "")], "131008 Parameter of type text is missing text value"],
    [
      "a new line",
      greeting,
      [body("Ana", "a\nb")],
      "132018 Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
    ],
    [
      "five spaces",
      greeting,
      [body("Ana", "a     b")],
      "132018 Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
    ],
    [
      "a body that grows too long",
      greeting,
      [body("a".repeat(600), "b")],
      "132005 body: text is 1217 characters long, at most 1024 allowed",
    ],
    [
      "an image in the body",
      greeting,
      [{ type: "body", parameters: [{ type: "text", text: "a" }, { type: "image" }] }],
      "132012 body: Format mismatch, expected TEXT, received IMAGE",
    ],
    ["no picture", picture, [], "132012 header: Format mismatch, expected IMAGE, received UNKNOWN"],
    [
      "a text for a picture",
      picture,
      [{ type: "header", parameters: [{ type: "text", text: "a" }] }],
      "132012 header: Format mismatch, expected IMAGE, received TEXT",
    ],
    [
      "a picture without id or link",
      picture,
      [{ type: "header", parameters: [{ type: "image", image: {} }] }],
      "131008 Parameter of type image is missing its id or link",
    ],
    [
      "a header the template has not",
      greeting,
      [{ type: "header", parameters: [{ type: "text", text: "a" }] }, body("a", "b")],
      "132000 header: number of localizable_params (1) does not match the expected number of params (0)",
    ],
    ["no link suffix", link, [], "131008 buttons: Button at index 0 of type URL requires a parameter"],
    ["no coupon", coupon, [], "131008 buttons: Button at index 0 of type COPY_CODE requires a parameter"],
    [
      "a button of another kind",
      link,
      [{ type: "button", sub_type: "quick_reply", index: 0 }],
      "132012 buttons: Button at index 0 is of type URL, not QUICK_REPLY",
    ],
    [
      "a button the template has not",
      greeting,
      [body("a", "b"), { type: "button", sub_type: "url", index: 0 }],
      "132018 buttons: Template does not contain button components, no parameters allowed",
    ],
  ])("%s", (_, template, sent, expected) => {
    expect(refusal(template, sent)).toBe(expected);
  });

  it("named ones need their names", () => {
    const template = [{ type: "BODY", text: "Hi {{first_name}}, {{order}}" }];
    expect(refusal(template, [body("Ana", "42")], "NAMED")).toBe("100 Parameter name is missing or empty");
    expect(refusal(template, [named({ first_name: "Ana", odour: "42" })], "NAMED")).toBe("100 Parameter name odour is not in the template");
    expect(refusal(template, [named({ order: "42", first_name: "Ana" })], "NAMED")).toBeNull();
  });

  it("fitting ones pass", () => {
    expect(refusal(greeting, [body("Ana", "a    b")])).toBeNull();
    expect(refusal(picture, [{ type: "header", parameters: [{ type: "image", image: { link: "https://a.example/a.png" } }] }])).toBeNull();
    expect(refusal(link, [{ type: "button", sub_type: "URL", index: "0", parameters: [{ type: "text", text: "x1" }] }])).toBeNull();
    expect(
      refusal(coupon, [{ type: "button", sub_type: "copy_code", index: 0, parameters: [{ type: "coupon_code", coupon_code: "SAVE10" }] }]),
    ).toBeNull();
  });
});

it.each([
  ["PAUSED", 132015],
  ["DISABLED", 132016],
  ["PENDING", 132001],
  ["REJECTED", 132001],
] as const)("a %s template answers %i", (status, code) => {
  const request = { name: "offer", language: "en", components: [] };
  expect(refusalOfStatus(request, { status } as Template)?.code).toBe(code);
  expect(refusalOfStatus(request, undefined)?.details).toBe("template name (offer) does not exist in en");
});
