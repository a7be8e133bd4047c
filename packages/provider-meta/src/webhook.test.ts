import type { ProviderEvent } from "@herald/provider";
import { describe, expect, test } from "vitest";
import { fixture, fixtureNames } from "./__fixtures__/fixtures.ts";
import { parseWebhook } from "./webhook.ts";

const parse = (text: string) => parseWebhook(Buffer.from(text));
const groupsOf = (text: string) => {
  const parsed = parse(text);
  if (parsed.kind !== "events") throw new Error(parsed.reason);
  return parsed.groups;
};
const eventOf = (name: string): ProviderEvent | undefined => groupsOf(fixture(`webhooks/${name}`))[0]?.events[0];
const withStatus = (status: unknown) => JSON.stringify({ entry: [{ changes: [{ field: "messages", value: { statuses: [status] } }] }] });

const phone = { channel: "whatsapp", kind: "phone", value: "+16505551234" };
const bsuid = { channel: "whatsapp", kind: "bsuid", value: "US.13491208655302741918" };

test.each(fixtureNames("webhooks"))("%s reads as it did when it was recorded", (name) => {
  expect(parse(fixture(`webhooks/${name}`))).toMatchSnapshot();
});

test("a failure that is the person's own stop (131050) is told as a preference too, before the receipt; other failures are not", () => {
  const failedWith = (code: number) =>
    groupsOf(withStatus({ id: "wamid.x", status: "failed", timestamp: "1700000000", recipient_id: "16505551234", errors: [{ code }] }))[0]
      ?.events;
  expect(failedWith(131050)).toMatchObject([
    { kind: "preference", marketing: "stop", from: [phone], atMs: 1_700_000_000_000 },
    { kind: "receipt", receipt: "failed", failure: { class: "CONTACT", code: "131050" } },
  ]);
  expect(failedWith(131026)).toMatchObject([{ kind: "receipt" }]);
});

describe("who wrote", () => {
  test("a person is known by number and user id, number first", () => {
    expect(eventOf("inbound-text")).toMatchObject({ from: [phone, bsuid], profileName: "Sheena Nelson" });
  });
  test("a person with a hidden number is known by their user ids", () => {
    const parent = { ...bsuid, value: "US.ENT.11815799212886844830" };
    expect(eventOf("inbound-text-user-id-only")).toMatchObject({ from: [bsuid, parent], profileName: "Sheena Nelson" });
  });
  test("a message from nobody is kept as unknown", () => {
    const body = {
      entry: [{ changes: [{ field: "messages", value: { messages: [{ id: "wamid.x", type: "text", text: { body: "hi" } }] } }] }],
    };
    expect(groupsOf(JSON.stringify(body))[0]?.events).toEqual([{ kind: "unknown", field: "messages.nobody" }]);
  });
});

test.each([
  ["inbound-button", { type: "button", text: "Stop promotions", buttonPayload: "OPT_OUT" }],
  ["inbound-button-reply", { type: "button_reply", text: "Cancel", buttonPayload: "cancel-button" }],
  ["inbound-list-reply", { type: "list_reply", text: "Priority Mail Express", buttonPayload: "priority_express" }],
  ["inbound-flow-reply", { type: "nfm_reply", text: null, buttonPayload: '{"flow_token":"f1","size":"M"}' }],
  ["inbound-reaction", { type: "reaction", text: "😀", buttonPayload: null }],
])("%s names the message that it answers", (name, content) => {
  expect(eventOf(name)).toMatchObject({ ...content, repliesToProviderMessageId: "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBIA" });
});

test("held messages that pacing dropped are not sent again by us, and a drop by portfolio pacing blocks the account", () => {
  expect(eventOf("status-failed-132015-dropped-by-pacing")).toMatchObject({ failure: { class: "TEMPLATE", maxAttempts: 1 } });
  expect(eventOf("status-failed-135000-dropped-by-pacing")).toMatchObject({ failure: { class: "WABA", maxAttempts: 1 } });
});

test("a failure without a reason is unclassified, and one without our opaque id is still a receipt", () => {
  expect(eventOf("status-failed-without-errors")).toMatchObject({
    receipt: "failed",
    opaqueId: null,
    failure: { class: "unclassified", code: null, maxAttempts: 1 },
  });
});

describe("what happens to the account", () => {
  const account = { providerAccountId: "102290129340398", atMs: 1750030080000 };
  const template = { providerTemplateId: "594425479261596", name: "spring_sale", language: "en_US" };
  test.each([
    ["template-status-update", { kind: "template_status", ...account, template, standing: { status: "PAUSED", isSendable: false } }],
    ["template-approved-again", { kind: "template_status", ...account, template, standing: { status: "APPROVED", isSendable: true } }],
    ["template-flagged", { kind: "template_changed", ...account, template, category: null }],
    ["template-components-update", { kind: "template_changed", ...account, template, category: null }],
    ["template-category-done", { kind: "template_changed", ...account, template, category: "MARKETING" }],
    ["number-throughput-upgrade", { kind: "number_changed", ...account, displayNumber: "15550783881" }],
    ["capability-tier", { kind: "portfolio_limit", ...account, limit: 2000 }],
    ["capability-number", { kind: "portfolio_limit", ...account, limit: 2000 }],
    [
      "account-restricted",
      {
        kind: "account_state",
        ...account,
        topic: "restriction",
        isRestricted: true,
        code: "RESTRICTED_BIZ_INITIATED_MESSAGING",
        untilMs: 1750289280000,
      },
    ],
    ["account-disabled", { kind: "account_state", ...account, topic: "ban", isRestricted: true, code: "DISABLE", untilMs: null }],
    ["account-reinstated", { kind: "account_state", ...account, topic: "ban", isRestricted: false }],
    ["account-partner-removed", { kind: "account_state", ...account, topic: "access", isRestricted: true, code: "PARTNER_REMOVED" }],
    ["account-review-rejected", { kind: "account_state", ...account, topic: "review", isRestricted: true }],
  ])("%s is told of the account, not of a number", (name, event) => {
    const groups = groupsOf(fixture(`webhooks/${name}`));
    expect(groups.map(({ providerNumberId }) => providerNumberId)).toEqual([null]);
    expect(groups[0]?.events[0]).toMatchObject(event);
  });

  test("an upgrade of the throughput may lift the portfolio's limit as well", () => {
    expect(groupsOf(fixture("webhooks/number-throughput-upgrade"))[0]?.events[1]).toEqual({
      kind: "portfolio_limit",
      ...account,
      limit: null,
    });
  });

  test("an approval puts an end to the refusals of a paused template, a reinstatement to those of a ban", () => {
    expect(eventOf("template-approved-again")).toMatchObject({ standing: { cures: expect.arrayContaining(["PAUSED", "132015"]) } });
    expect(eventOf("account-reinstated")).toMatchObject({ cures: expect.arrayContaining(["DISABLE", "131031"]) });
  });

  test.each(["template-category-notice", "template-quality-update", "account-alert"])("%s changes nothing yet, and is kept", (name) => {
    expect(eventOf(name)).toMatchObject({ kind: "unknown" });
  });

  test("an id that JSON could not carry whole is not believed; name and language are", () => {
    const value = { event: "PAUSED", message_template_id: 2 ** 60, message_template_name: "a", message_template_language: "pt-BR" };
    const body = { entry: [{ id: "1", changes: [{ field: "message_template_status_update", value }] }] };
    expect(groupsOf(JSON.stringify(body))[0]?.events).toMatchObject([
      { template: { providerTemplateId: null, name: "a", language: "pt_BR" }, atMs: 0 },
    ]);
  });

  test("a field that has the name of something every object has is only unknown", () => {
    const body = { entry: [{ id: "1", changes: [{ field: "constructor", value: { length: 1 } }] }] };
    expect(groupsOf(JSON.stringify(body))[0]?.events).toEqual([{ kind: "unknown", field: "constructor" }]);
  });
});

test("several entries and changes are grouped by number, and a strange item costs no neighbour", () => {
  const groups = groupsOf(fixture("webhooks/batch-of-two-accounts"));
  expect(
    groups.map(({ providerNumberId, events }) => [
      providerNumberId,
      events.map((event) => (event.kind === "receipt" ? event.receipt : event.kind)),
    ]),
  ).toEqual([
    ["106540352242922", ["sent", "unknown", "delivered", "read"]],
    ["106540352242999", ["inbound", "read"]],
    [null, ["account_state"]],
  ]);
});

test("a receipt without a time takes its entry's, and 0 when there is none", () => {
  expect(groupsOf(fixture("webhooks/batch-of-two-accounts"))[0]?.events.at(-1)).toMatchObject({ receipt: "read", atMs: 1750030081000 });
  expect(groupsOf(withStatus({ id: "wamid.x", status: "read" }))[0]?.events[0]).toMatchObject({ atMs: 0 });
});

test("wrong types beside the id and the status cost nothing but themselves", () => {
  const status = { id: "wamid.x", status: "failed", timestamp: {}, biz_opaque_callback_data: 7, pricing: "free", errors: "none" };
  expect(groupsOf(withStatus(status))[0]?.events[0]).toMatchObject({ kind: "receipt", receipt: "failed", opaqueId: null, pricing: null });
});

test("the name of an unknown thing is repeated only if it is a name", () => {
  expect(groupsOf(withStatus({ id: "wamid.x", status: "+16505551234" }))[0]?.events).toEqual([
    { kind: "unknown", field: "messages.statuses.other" },
  ]);
});

test.each([
  ["nothing", ""],
  ["half of one", fixture("webhooks/inbound-text").slice(0, 100)],
  ["a list", "[]"],
  ["no entries", '{"object":"whatsapp_business_account"}'],
])("%s is unreadable", (_what, text) => {
  expect(parse(text).kind).toBe("unreadable");
});

test("a body of 3 MB full of strange items does not exhaust the stack", () => {
  const value = { messages: Array.from({ length: 200_000 }, () => 1) };
  expect(groupsOf(JSON.stringify({ entry: [{ changes: [{ field: "messages", value }] }] }))[0]?.events).toHaveLength(200_000);
  expect(parse("[".repeat(3_000_000)).kind).toBe("unreadable");
});
