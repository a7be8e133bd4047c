import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contactsOfShop, recipientsOfSpringSale, toCsv } from "./people.ts";
import { contactsCsv, springSaleCsv } from "./write-csv.ts";

test("the committed files are what the story says: run `node tooling/demo/src/story/write-csv.ts` after a change", () => {
  expect(readFileSync(contactsCsv, "utf8")).toBe(toCsv(contactsOfShop()));
  expect(readFileSync(springSaleCsv, "utf8")).toBe(toCsv(recipientsOfSpringSale()));
});

test("5,000 contacts and 2,000 recipients, each number once, one in a hundred opted out", () => {
  expect(new Set(contactsOfShop().map((person) => person.phone)).size).toBe(5000);
  const recipients = recipientsOfSpringSale();
  expect(new Set(recipients.map((person) => person.phone)).size).toBe(2000);
  expect(recipients.filter((person) => !person.hasConsent).length).toBe(20);
});
