import { expect, test } from "vitest";
import { guessMapping } from "./guess-mapping.ts";

test.each([
  [
    ["Phone Number", "First Name", "Last Name", "E-mail", "Tags", "Opt-in"],
    {
      phone: "Phone Number",
      tags: "Tags",
      consent: "Opt-in",
      fields: { first_name: "First Name", last_name: "Last Name", e_mail: "E-mail" },
    },
  ],
  [["Nombre", "Teléfono", "Ciudad"], { phone: "Teléfono", name: "Nombre", fields: { ciudad: "Ciudad" } }],
  [
    ["Vorname", "Nachname", "Handy-Nr", "Handy"],
    { phone: "Handy", fields: { first_name: "Vorname", last_name: "Nachname", handy_nr: "Handy-Nr" } },
  ],
  [["الاسم", "رقم الهاتف"], { phone: "رقم الهاتف", name: "الاسم", fields: {} }],
  [["tel", "whatsapp"], { phone: "whatsapp", fields: { tel: "tel" } }],
])("%j is understood", (headers, mapping) => {
  expect(guessMapping(headers)).toEqual(mapping);
});

test("without a column that looks like numbers nothing is guessed, and a name that stands twice is nobody's", () => {
  expect(guessMapping(["Name", "City"])).toBeNull();
  expect(guessMapping(["Phone", "Phone", "Mobile", "Name", "Name"])).toEqual({ phone: "Mobile", fields: {} });
});
