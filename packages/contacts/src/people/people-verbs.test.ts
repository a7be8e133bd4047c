import { type ContactId, parseContactId } from "@herald/kernel";
import { expect, test } from "vitest";
import { EditContactInput, editContact } from "../edit/edit-contact.ts";
import { countContacts, ListContactsInput, listContacts } from "../list/list-contacts.ts";
import { liftOptOut } from "../opt-out/lift-opt-out.ts";
import { RecordOptOutInput, recordOptOut } from "../opt-out/record-opt-out.ts";
import { ChangeTagsInput, changeTags } from "../tag/change-tags.ts";
import { ContactsInMemory } from "../testing/contacts-in-memory.ts";
import type { PeopleAction, PeopleCtx } from "./contact-port.ts";

const contactId = parseContactId("00000000-0000-4000-8000-000000000002") as ContactId;
type Verb = (ctx: PeopleCtx) => Promise<{ readonly ok: boolean; readonly error?: unknown }>;
const verbs: Readonly<Record<string, readonly [PeopleAction, Verb]>> = {
  edit: ["contacts.write", (ctx) => editContact(ctx, { contactId, displayName: "Ana" })],
  tags: ["contacts.write", (ctx) => changeTags(ctx, { contactId, add: ["a"], remove: [] })],
  "opt-out": ["consent.add", (ctx) => recordOptOut(ctx, { contactId, note: "on the phone" })],
  lift: ["consent.remove", (ctx) => liftOptOut(ctx, { contactId, note: "a mistake" })],
};
const reads: Readonly<Record<string, Verb>> = {
  list: (ctx) => listContacts(ctx, { status: "active" }),
  count: (ctx) => countContacts(ctx, { status: "active" }),
};

test.each(Object.entries(verbs))(
  "%s: whoever has the right alone may, and somebody who is not there is not found",
  async (_name, [action, verb]) => {
    const people = new ContactsInMemory();
    const others = (["contacts.read", "contacts.write", "consent.add", "consent.remove"] as const).filter((one) => one !== action);
    expect(await verb(people.ctx(others))).toEqual({ ok: false, error: { type: "not_allowed", action } });
    expect(people.told).toEqual([]);
    expect(await verb(people.ctx([action]))).toMatchObject({ ok: true });
    people.isThere = false;
    expect(await verb(people.ctx([action]))).toEqual({ ok: false, error: { type: "not_found", resource: "contact" } });
  },
);

test.each(Object.entries(reads))("%s needs the right to read", async (_name, read) => {
  expect(await read(new ContactsInMemory().ctx([]))).toMatchObject({ ok: false });
  expect(await read(new ContactsInMemory().ctx(["contacts.read"]))).toMatchObject({ ok: true });
});

test("what the person or a file said is not lifted, and says whose word it is", async () => {
  const people = new ContactsInMemory();
  const lifting = async (lift: typeof people.lift) => {
    people.lift = lift;
    return liftOptOut(people.ctx(["consent.remove"]), { contactId, note: "a mistake" });
  };
  expect(await lifting("own_word")).toEqual({ ok: false, error: { type: "opt_out_not_ours", saidBy: "person" } });
  expect(await lifting("imported")).toEqual({ ok: false, error: { type: "opt_out_not_ours", saidBy: "import" } });
  expect(await lifting("not_opted_out")).toEqual({ ok: false, error: { type: "not_opted_out" } });
  expect(await lifting("lifted_to_granted")).toMatchObject({ ok: true, value: { consent: "granted" } });
  expect(await lifting("lifted_to_none")).toMatchObject({ ok: true, value: { consent: "none" } });
});

test("an empty field is one that is taken away", async () => {
  const people = new ContactsInMemory();
  await editContact(people.ctx(["contacts.write"]), { contactId, fields: { city: "", plan: null, name: "x" } });
  expect(people.told).toEqual([{ displayName: undefined, fields: { city: null, plan: null, name: "x" } }]);
});

test("a tag that is named twice is added once", async () => {
  const people = new ContactsInMemory();
  await changeTags(people.ctx(["contacts.write"]), { contactId, add: ["a", "a"], remove: [] });
  expect(people.told).toEqual([{ add: ["a"], remove: [] }]);
});

test("the filter of an address becomes the filter of the port", async () => {
  const people = new ContactsInMemory();
  const listId = "00000000-0000-4000-8000-000000000003";
  const input = ListContactsInput.parse({ search: " ", list: listId, country: "ae", consent: "none" });
  await listContacts(people.ctx(["contacts.read"]), input);
  expect(people.told).toEqual([
    {
      filter: { search: undefined, tag: undefined, listId, importBatchId: undefined, country: "AE", consent: "none", status: "active" },
      after: null,
      limit: 100,
    },
  ]);
});

test.each([
  [EditContactInput, {}],
  [EditContactInput, { fields: { "Order Number": "1" } }],
  [EditContactInput, { displayName: "a\0b" }],
  [ChangeTagsInput, { add: [], remove: [] }],
  [ChangeTagsInput, { add: ["a;b"] }],
  [RecordOptOutInput, { note: "  " }],
  [ListContactsInput, { country: "XX" }],
  [ListContactsInput, { after: "1" }],
])("input %# is refused", (schema, input) => {
  expect(schema.safeParse(input).success).toBe(false);
});
