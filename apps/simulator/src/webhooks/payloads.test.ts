import { expect, it } from "vitest";
import { defaultConfig, mergeConfig } from "../config/config.ts";
import type { WebhookBody, WebhookValue } from "../testing/receiver.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import { composePayload } from "./payloads.ts";
import type { InboundUpdate, StatusUpdate } from "./updates.ts";

const merged = mergeConfig(defaultConfig(1, 1), {
  wabas: [{ wabaId: "2000000000000001" }, { wabaId: "2000000000000002" }],
  numbers: [
    { phoneNumberId: "4000000000000001", wabaId: "2000000000000001", displayPhoneNumber: "+15550783881" },
    { phoneNumberId: "4000000000000002", wabaId: "2000000000000002", displayPhoneNumber: "+919810000000" },
  ],
});
const numbers = merged.ok ? merged.value.numbers : [];
const message = (wamid: string, extra: Partial<AcceptedMessage> = {}): AcceptedMessage => ({
  wamid,
  phoneNumberId: "4000000000000001",
  recipient: "+15551230001",
  waId: "15551230001",
  userId: "US.1",
  opaqueId: "c1",
  category: "utility",
  answer: "ok",
  failedCode: null,
  ...extra,
});
const messages = [
  message("wamid.A"),
  message("wamid.B", { phoneNumberId: "4000000000000002" }),
  message("wamid.C", { waId: null, recipient: "US.9", userId: "US.9", opaqueId: null }),
];
const status = (wamid: string, of: StatusUpdate["status"], extra: Partial<StatusUpdate> = {}): StatusUpdate => ({
  kind: "status",
  updateId: 1,
  wamid,
  status: of,
  failure: null,
  hasPricing: of === "sent",
  occurredAtMs: 1_750_030_073_900,
  dueAtMs: 0,
  isDuplicate: false,
  ...extra,
});
const inbound: InboundUpdate = {
  kind: "inbound",
  updateId: 2,
  wamid: "wamid.IN",
  phoneNumberId: "4000000000000001",
  waId: "15551230001",
  userId: "US.1",
  content: { type: "button", text: "Thanks", payload: "THANKS" },
  contextWamid: "wamid.A",
  scriptedFor: "wamid.A",
  occurredAtMs: 1_749_416_383_000,
  dueAtMs: 0,
  isDuplicate: false,
};

type Context = Parameters<typeof composePayload>[1];
const both: Context["shownAs"] = (waId, userId) => ({ waId, userId });

function compose(updates: Parameters<typeof composePayload>[0], opaqueOnFailed = true, shownAs = both): WebhookBody {
  const find = <Item>(items: readonly Item[], matches: (item: Item) => boolean): Item => items.find(matches) as Item;
  return composePayload(updates, {
    messageOf: (wamid) => find(messages, (each) => each.wamid === wamid),
    numberOf: (phoneNumberId) => find(numbers, (each) => each.phoneNumberId === phoneNumberId),
    shownAs,
    opaqueOnFailed,
  }) as WebhookBody;
}
const onlyValue = (body: WebhookBody): WebhookValue => body.entry[0]?.changes[0]?.value ?? {};

it("a receipt has the documented v24 shape: no conversation, BSUIDs, seconds as text", () => {
  expect(compose([status("wamid.A", "sent")])).toEqual({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "2000000000000001",
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "15550783881", phone_number_id: "4000000000000001" },
              contacts: [{ profile: { name: expect.any(String) }, wa_id: "15551230001", user_id: "US.1" }],
              statuses: [
                {
                  id: "wamid.A",
                  status: "sent",
                  timestamp: "1750030073",
                  recipient_id: "15551230001",
                  recipient_user_id: "US.1",
                  biz_opaque_callback_data: "c1",
                  pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "utility" },
                },
              ],
            },
          },
        ],
      },
    ],
  });
});

it("a failure names code and details, and has neither contacts nor the user's id", () => {
  const value = onlyValue(compose([status("wamid.A", "failed", { failure: { code: 131026, details: null } })]));
  expect(value).not.toHaveProperty("contacts");
  expect(value.statuses?.[0]).toMatchObject({ recipient_id: "15551230001", biz_opaque_callback_data: "c1" });
  expect(value.statuses?.[0]).not.toHaveProperty("recipient_user_id");
  expect(value.statuses?.[0]?.errors).toEqual([
    {
      code: 131026,
      title: "Message undeliverable",
      message: "Message undeliverable",
      error_data: { details: "Message undeliverable." },
      href: "/documentation/business-messaging/whatsapp/support/error-codes",
    },
  ]);
});

it("a failure can come without the opaque data, which Meta does not promise there", () => {
  const { statuses = [] } = onlyValue(compose([status("wamid.A", "failed")], false));
  expect(statuses[0]).not.toHaveProperty("biz_opaque_callback_data");
});

it("a message sent to a BSUID is told without a phone number", () => {
  const value = onlyValue(compose([status("wamid.C", "delivered")]));
  expect(value.statuses?.[0]).toMatchObject({ recipient_user_id: "US.9" });
  expect(value.statuses?.[0]).not.toHaveProperty("recipient_id");
  expect(value.contacts?.[0]).not.toHaveProperty("wa_id");
});

it("a tapped button points at the message it belongs to", () => {
  expect(onlyValue(compose([inbound])).messages).toEqual([
    {
      context: { from: "15550783881", id: "wamid.A" },
      from: "15551230001",
      from_user_id: "US.1",
      id: "wamid.IN",
      timestamp: "1749416383",
      type: "button",
      button: { payload: "THANKS", text: "Thanks" },
    },
  ]);
});

it("a batch is grouped by WABA, then by number and kind, and names each user once a change", () => {
  const body = compose([
    status("wamid.A", "sent"),
    status("wamid.A", "delivered"),
    status("wamid.A", "failed"),
    inbound,
    status("wamid.B", "sent"),
  ]);
  expect(body.entry.map((each) => [each.id, each.changes.length])).toEqual([
    ["2000000000000001", 3],
    ["2000000000000002", 1],
  ]);
  expect(onlyValue(body).statuses).toHaveLength(2);
  expect(onlyValue(body).contacts).toHaveLength(1);
});

it.each([
  ["no user ids", (waId: string | null) => ({ waId, userId: null }), { recipient_id: "15551230001" }, { from: "15551230001" }],
  [
    "no phone number",
    (_: string | null, userId: string) => ({ waId: null, userId }),
    { recipient_user_id: "US.1" },
    { from_user_id: "US.1" },
  ],
] as const)("a user may be named with %s, in receipts, contacts and messages alike", (_, shownAs, inReceipt, inMessage) => {
  const [receipts, messagesIn] = compose([status("wamid.A", "delivered"), inbound], true, shownAs).entry[0]?.changes ?? [];
  const names = (found: object | undefined) => Object.keys(found ?? {}).filter((key) => /^(?:recipient_|from|wa_id|user_id)/.test(key));
  expect(receipts?.value.statuses?.[0]).toMatchObject(inReceipt);
  expect(names(receipts?.value.statuses?.[0])).toEqual(Object.keys(inReceipt));
  expect(names(messagesIn?.value.messages?.[0])).toEqual(Object.keys(inMessage));
  expect(names(receipts?.value.contacts?.[0])).toHaveLength(1);
});

it("a failure of a message to a phone number names the number, whatever is hidden otherwise", () => {
  const body = compose([status("wamid.A", "failed", { failure: { code: 131026, details: null } })], true, (_, userId) => ({
    waId: null,
    userId,
  }));
  expect(onlyValue(body).statuses?.[0]).toMatchObject({ recipient_id: "15551230001" });
  expect(onlyValue(body).statuses?.[0]).not.toHaveProperty("recipient_user_id");
});

it("news about the account is a change of its own field, beside the messages of its WABA", () => {
  const value = { event: "ACCOUNT_RESTRICTION" };
  const notice = { kind: "notice", updateId: 3, wabaId: "2000000000000001", field: "account_update", value, scriptedFor: null } as const;
  const moments = { occurredAtMs: 1_739_212_624_500, dueAtMs: 0, isDuplicate: false };
  const { entry } = compose([status("wamid.A", "sent"), { ...notice, ...moments }]);
  expect(entry).toHaveLength(1);
  expect(entry[0]).toMatchObject({ id: "2000000000000001", time: 1_739_212_624 });
  expect(entry[0]?.changes.map((change) => ("field" in change ? change.field : ""))).toEqual(["messages", "account_update"]);
  expect(entry[0]?.changes[1]?.value).toEqual(value);
});
