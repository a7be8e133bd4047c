import { describe, expect, it } from "vitest";
import { checkRequest, claimsOf } from "./request-rules.ts";

const sender = {
  e164: "+15550783881",
  callingCode: "1",
  businessId: "3000000000000001",
  prefixes: { brazil: "strip_nine", mexico: "add_one" },
} as const;
const text = (extra: Record<string, unknown>) => ({
  messaging_product: "whatsapp",
  to: "+16505551234",
  type: "text",
  text: { body: "hi" },
  ...extra,
});
const errorOf = (body: unknown) => {
  const checked = checkRequest(body, sender);
  return checked.ok ? null : { code: checked.error.code, message: checked.error.message };
};

describe("a request Meta would refuse", () => {
  it.each<[string, unknown, number, RegExp]>([
    ["no JSON", undefined, 100, /Invalid JSON/],
    ["a misspelled key", text({ recipients: "+1" }), 100, /Unexpected key "recipients"/],
    ["no messaging_product", text({ messaging_product: undefined }), 100, /messaging_product is required/],
    ["another product", text({ messaging_product: "sms" }), 100, /must be one of \{WHATSAPP\}/],
    ["neither to nor recipient", text({ to: undefined }), 100, /The parameter to is required\./],
    ["no phone number", text({ to: "ana" }), 131009, /131009/],
    ["the sender itself", text({ to: "+1 555 078 3881" }), 131021, /Recipient cannot be sender/],
    ["a malformed BSUID", text({ to: undefined, recipient: "134" }), 131009, /131009/],
    ["a group", text({ recipient_type: "group" }), 131051, /131051/],
    ["513 characters of opaque data", text({ biz_opaque_callback_data: "x".repeat(513) }), 100, /at most 512/],
    ["opaque data that is no text", text({ biz_opaque_callback_data: { a: 1 } }), 100, /must be a string/],
    ["a type Meta does not know", text({ type: "telegram" }), 100, /must be one of .*TEMPLATE.* - got "telegram"/],
    ["a type the simulator does not send", text({ type: "image" }), 131051, /Message type unsupported/],
    ["text without a body", text({ text: {} }), 100, /text\['body'\] is required/],
    ["text of 4,097 characters", text({ text: { body: "x".repeat(4097) } }), 100, /at most 4096/],
    ["a template without a name", text({ type: "template", template: {} }), 100, /template\['name'\] is required/],
    ["a template without a language", text({ type: "template", template: { name: "a" } }), 100, /\['language'\]\['code'\] is required/],
    [
      "a button without an index",
      text({ type: "template", template: { name: "a", language: { code: "en" }, components: [{ type: "button", sub_type: "url" }] } }),
      100,
      /\['index'\]/,
    ],
    ["a read mark without a message", { messaging_product: "whatsapp", status: "read" }, 100, /message_id is required/],
  ])("%s", (_, body, code, message) => {
    expect(errorOf(body)).toEqual({ code, message: expect.stringMatching(message) });
  });
});

describe("a request Meta would take", () => {
  it("has exactly 512 characters of opaque data", () => {
    expect(errorOf(text({ biz_opaque_callback_data: "x".repeat(512) }))).toBeNull();
  });

  it("is a text when it names no type", () => {
    expect(checkRequest(text({ type: undefined }), sender)).toMatchObject({ ok: true, value: { kind: "text" } });
  });

  it("goes to the phone number when both a number and a BSUID are given", () => {
    const checked = checkRequest(text({ recipient: "US.13491208655302741918" }), sender);
    expect(checked).toMatchObject({ ok: true, value: { addressee: { recipient: "+16505551234", waId: "16505551234" } } });
  });

  it("goes to a BSUID alone, without a wa_id", () => {
    const checked = checkRequest(text({ to: undefined, recipient: "US.13491208655302741918" }), sender);
    expect(checked).toMatchObject({ ok: true, value: { addressee: { recipient: "US.13491208655302741918", waId: null } } });
  });
});

it("a refused request still says who it was for, as far as that can be read", () => {
  expect(claimsOf(text({ biz_opaque_callback_data: "c1", type: "nonsense" }), sender)).toEqual({
    recipient: "+16505551234",
    opaqueId: "c1",
  });
  expect(claimsOf({ to: "ana" }, sender)).toEqual({ recipient: "ana", opaqueId: null });
  expect(claimsOf(undefined, sender)).toEqual({ recipient: null, opaqueId: null });
});
