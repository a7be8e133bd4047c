import { expect, test } from "vitest";
import { aPerson, asViewer, fakeCtx } from "../testing/fake-ctx.ts";
import { aContactId } from "../testing/ids.ts";
import { NamePeopleInput, namePeople } from "./name-people.ts";

const ids = [aContactId(1), aContactId(2), aContactId(3)];
const { contactIds } = NamePeopleInput.parse({ contactIds: ids.join(",") });

test("people are named with their number and whether marketing may be sent; whoever is deleted is not", async () => {
  const bsuid = { channel: "whatsapp", kind: "bsuid", value: "PE.13491208655302741918" } as const;
  const { ctx } = fakeCtx({
    people: [
      aPerson(1),
      aPerson(2, { address: bsuid, suppression: "marketing" }),
      aPerson(3, { marketingConsent: null }),
      aPerson(4, { isActive: false }),
    ],
  });
  expect(await namePeople(ctx, { contactIds })).toEqual({
    ok: true,
    value: [
      { contactId: ids[0], displayName: "Person 1", phone: "+51980000001", hasConsent: true },
      { contactId: ids[1], displayName: "Person 2", phone: null, hasConsent: false },
      { contactId: ids[2], displayName: "Person 3", phone: "+51980000003", hasConsent: false },
    ],
  });
});

test("nobody is asked for: nobody is named", async () => {
  expect(NamePeopleInput.parse({})).toEqual({ contactIds: [] });
  expect(await namePeople(fakeCtx().ctx, { contactIds: [] })).toEqual({ ok: true, value: [] });
});

test("who may not compose is told nobody's name", async () => {
  expect(await namePeople(fakeCtx({ allowed: asViewer }).ctx, { contactIds })).toEqual({
    ok: false,
    error: { type: "not_allowed", action: "campaign.preview" },
  });
});

test.each([["not-an-id"], [`${aContactId(1)} ${aContactId(2)}`], [Array.from({ length: 51 }, (_, at) => aContactId(at)).join(",")]])(
  "what is no list of up to fifty people is refused: %.40s",
  (text) => expect(NamePeopleInput.safeParse({ contactIds: text }).success).toBe(false),
);
