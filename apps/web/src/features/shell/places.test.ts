import { expect, test } from "vitest";
import { placeOf } from "./places.ts";

test.each([
  ["/panel/w/1/campaigns/7", "campaigns"],
  ["/panel/w/1/contacts/7", "contacts"],
  ["/panel/w/1/contacts/imports/7", "imports"],
  ["/panel/w/1/contacts/import", "imports"],
  ["/panel/w/1/settings", "settings"],
  ["/panel/w/1/settings/members", "members"],
  ["/panel/w/1/campaignsx", null],
  ["/panel/w/2/campaigns", null],
])("%s is at %s", (pathname, place) => {
  expect(placeOf("1", pathname)).toBe(place);
});
