import { expect, test } from "vitest";
import { ChangeSettingsInput, changeSettings, readSettings } from "../index.ts";
import { HouseInMemory } from "../testing/house-in-memory.ts";

test("what is named is changed and the rest stays, with before and after in the audit log", async () => {
  const shop = new HouseInMemory();
  const adam = shop.person("adam@example.com", "admin");
  await changeSettings(shop.as(adam), { frequencyCapHours: null });
  await changeSettings(shop.as(adam), { maxRecipients: 500, onlyAdminsSend: true });
  expect(shop.settings).toEqual({ name: "Shop", defaultCountry: "AE", frequencyCapHours: null, maxRecipients: 500, onlyAdminsSend: true });
  expect(shop.audit.map(({ detail }) => detail)).toEqual([
    { frequencyCapHours: { before: 24, after: null } },
    { maxRecipients: { before: 10_000, after: 500 }, onlyAdminsSend: { before: false, after: true } },
  ]);
});

test("what changes nothing writes nothing", async () => {
  const shop = new HouseInMemory();
  const olga = shop.person("olga@example.com", "owner");
  expect(await changeSettings(shop.as(olga), { name: "Shop" })).toEqual({ ok: true, value: shop.settings });
  expect(await changeSettings(shop.as(olga), {})).toMatchObject({ ok: true });
  expect(shop.audit).toEqual([]);
});

test("members and viewers read the settings and cannot change them", async () => {
  const shop = new HouseInMemory();
  for (const role of ["member", "viewer"] as const) {
    const person = shop.person(`${role}@example.com`, role);
    expect(await readSettings(shop.as(person))).toEqual({ ok: true, value: shop.settings });
    expect(await changeSettings(shop.as(person), { onlyAdminsSend: true })).toMatchObject({ error: { type: "not_allowed" } });
  }
  expect(shop.settings.onlyAdminsSend).toBe(false);
});

test.each([
  { name: "  " },
  { defaultCountry: "de" },
  { defaultCountry: "Germany" },
  { frequencyCapHours: 0 },
  { frequencyCapHours: 2161 },
  { frequencyCapHours: 1.5 },
  { maxRecipients: 0 },
  { maxRecipients: 1_000_001 },
  { killSwitch: true },
])("a value that no workspace can have is refused: %j", (input) => {
  expect(ChangeSettingsInput.safeParse(input).success).toBe(false);
});
