import { writeFileSync } from "node:fs";
import { contactsOfShop, recipientsOfSpringSale, toCsv } from "./people.ts";

/** Where the demo's files lie. */
export const contactsCsv = new URL("../../data/contacts.csv", import.meta.url);
export const springSaleCsv = new URL("../../data/spring-sale.csv", import.meta.url);

if (import.meta.main) {
  writeFileSync(contactsCsv, toCsv(contactsOfShop()));
  writeFileSync(springSaleCsv, toCsv(recipientsOfSpringSale()));
}
