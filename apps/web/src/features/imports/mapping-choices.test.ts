import { expect, test } from "vitest";
import { type Choice, choicesOf, hasPhone, keyFaultOf, mappingQuery, withKey, withRole } from "./mapping-choices.ts";

const column = (header: string, fieldKey = header.toLowerCase().replaceAll(" ", "_"), isReason = false) => ({ header, fieldKey, isReason });
const columns = [
  column("Why", "why", true),
  column("Phone"),
  column("Who"),
  column("City"),
  column("Tel 2", "tel_2"),
  column("X"),
  column("X"),
  column("", ""),
];
const mapping = { phone: "Phone", name: "Who", fields: { city: "City", tel: "Tel 2" } };
const rolesOf = (choices: readonly Choice[]) => choices.map(({ role }) => role);

test("each column has one choice, as it was guessed; what cannot be mapped is left out, and says why", () => {
  const choices = choicesOf(columns, mapping);
  expect(rolesOf(choices)).toEqual(["out", "phone", "name", "field", "field", "out", "out", "out"]);
  expect(choices.map(({ barred }) => barred)).toEqual(["reason", null, null, null, null, "twice", "twice", "unnamed"]);
  expect(choices[4]?.fieldKey).toBe("tel");
  expect(mappingQuery(choices).toString()).toBe("phone=Phone&name=Who&field=city%3ACity&field=tel%3ATel+2");
});

test("what only one column can be is taken from the column that was it", () => {
  const moved = withRole(choicesOf(columns, mapping), 4, "phone");
  expect(rolesOf(moved).slice(1, 5)).toEqual(["field", "name", "field", "phone"]);
  expect(hasPhone(withRole(moved, 4, "out"))).toBe(false);
});

test("without a guess every column that can be one is a field, and none is the phone number", () => {
  const choices = choicesOf([column("Who"), column("الاسم", "")], null);
  expect([rolesOf(choices), hasPhone(choices)]).toEqual([["field", "out"], false]);
});

test("a key that no field can have, or that two columns have, is told at its column", () => {
  const choices = withKey(choicesOf(columns, mapping), 3, "tel");
  expect([keyFaultOf(choices, 3), keyFaultOf(choices, 4), keyFaultOf(choices, 1)]).toEqual(["twice", "twice", null]);
  expect(keyFaultOf(withKey(choices, 3, "1st"), 3)).toBe("wrong");
});
