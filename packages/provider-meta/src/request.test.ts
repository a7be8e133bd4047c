import type { OutgoingMessage } from "@herald/provider";
import { aMessage, anAccount } from "@herald/provider/testing";
import { describe, expect, test } from "vitest";
import { buildMessage, checkAccount } from "./request.ts";

const built = (message: OutgoingMessage): Record<string, unknown> => {
  const body = buildMessage(message);
  if (!body.ok) throw new Error(body.error.detail);
  return JSON.parse(body.value);
};
const componentsOf = (message: OutgoingMessage) => (built(message)["template"] as { components?: unknown }).components;

test("a template message is what Meta's page shows", () => {
  expect(built(aMessage())).toEqual({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: "+16505551234",
    type: "template",
    biz_opaque_callback_data: "1:campaign:777:1:mac",
    template: {
      name: "spring_sale",
      language: { code: "en_US" },
      components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
    },
  });
});

test("a business-scoped user id goes by `recipient`, without `to`, which would win", () => {
  const body = built(aMessage({ to: { channel: "whatsapp", kind: "bsuid", value: "US.13491208655302741918" } }));
  expect(body).toMatchObject({ recipient: "US.13491208655302741918" });
  expect(body).not.toHaveProperty("to");
});

test("positional values stand in the order of their numbers", () => {
  const body = ["10", "2", "1"].map((name) => ({ name, value: `v${name}` }));
  expect(componentsOf(aMessage({ parameters: { body } }))).toEqual([
    {
      type: "body",
      parameters: [
        { type: "text", text: "v1" },
        { type: "text", text: "v2" },
        { type: "text", text: "v10" },
      ],
    },
  ]);
});

test("named values carry their names, in header and body", () => {
  const parameters = { body: [{ name: "first_name", value: "Ana" }], header: [{ name: "shop", value: "Lima" }] };
  expect(componentsOf(aMessage({ parameters, template: { parameterFormat: "named", headerKind: "text" } }))).toEqual([
    { type: "header", parameters: [{ type: "text", parameter_name: "shop", text: "Lima" }] },
    { type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: "Ana" }] },
  ]);
});

test.each(["image", "video", "document"] as const)("a header with a link of type %s", (headerKind) => {
  const parameters = { body: [], headerMediaUrl: "https://shop.example/a" };
  expect(componentsOf(aMessage({ parameters, template: { headerKind } }))).toEqual([
    { type: "header", parameters: [{ type: headerKind, [headerKind]: { link: "https://shop.example/a" } }] },
  ]);
});

test("URL buttons keep their index", () => {
  const buttons = [
    { index: "0", urlSuffix: "a" },
    { index: "1", urlSuffix: "b?c=1" },
  ];
  expect(componentsOf(aMessage({ parameters: { body: [], buttons } }))).toEqual([
    { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "a" }] },
    { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "b?c=1" }] },
  ]);
});

test("a template without variables has no components", () => {
  expect(componentsOf(aMessage({ parameters: { body: [] }, template: { headerKind: "text" } }))).toBeUndefined();
});

describe("what would reach nobody or a stranger is not built", () => {
  test.each([
    ["a number without +", { channel: "whatsapp", kind: "phone", value: "16505551234" }],
    ["a number with spaces", { channel: "whatsapp", kind: "phone", value: "+1 650 555 1234" }],
    ["an e-mail address", { channel: "email", kind: "email", value: "ana@example.com" }],
    ["a number of another channel", { channel: "sms", kind: "phone", value: "+16505551234" }],
    ["half a user id", { channel: "whatsapp", kind: "bsuid", value: "US." }],
  ] as const)("%s", (_what, to) => {
    expect(buildMessage(aMessage({ to }))).toMatchObject({ ok: false, error: { class: "ROW" } });
  });

  test("a media header without its link", () => {
    expect(buildMessage(aMessage({ template: { headerKind: "image" } }))).toMatchObject({ ok: false, error: { class: "ROW" } });
  });
});

test("an opaque id over 512 characters is a defect of ours", () => {
  expect(() => buildMessage(aMessage({ opaqueId: "x".repeat(513) }))).toThrow("513 characters");
});

test("neither a path nor a header can be smuggled in by a credential", () => {
  expect(checkAccount(anAccount())).toMatchObject({ ok: true });
  expect(checkAccount(anAccount({ providerNumberId: "1/../me" }))).toMatchObject({ ok: false, error: { class: "NUMBER" } });
  for (const accessToken of ["", "a b", "a\r\nx: y"])
    expect(checkAccount(anAccount({ accessToken }))).toMatchObject({ error: { class: "TOKEN" } });
});
