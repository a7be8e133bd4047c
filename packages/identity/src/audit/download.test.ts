import { err, notAllowed, ok, parseCampaignId } from "@herald/kernel";
import { expect, test } from "vitest";
import { audited } from "../index.ts";
import { HouseInMemory } from "../testing/house-in-memory.ts";

const campaignId = parseCampaignId("00000000-0000-4000-8000-300000000001");
const recipients = () => {
  if (campaignId === null) throw new Error("not an id");
  return { of: "recipients", campaignId } as const;
};

test("a file that begins leaves one entry, and what was begun is handed on as it is", async () => {
  const shop = new HouseInMemory();
  const adam = shop.person("adam@example.com", "admin");
  const begin = audited(async (_ctx: object, input: string) => ok(`${input}.csv`), recipients);
  expect(await begin(shop.as(adam), "people")).toEqual(ok("people.csv"));
  expect(shop.audit).toEqual([{ action: "recipients.exported", resource: campaignId, detail: {} }]);
});

test("what is refused leaves no entry", async () => {
  const shop = new HouseInMemory();
  const vera = shop.person("vera@example.com", "viewer");
  const refused = err(notAllowed("contacts.export"));
  expect(await audited(async () => refused, recipients)(shop.as(vera), null)).toEqual(refused);
  expect(shop.audit).toEqual([]);
});

test("where the entry cannot be written nothing begins", async () => {
  const shop = new HouseInMemory();
  const adam = shop.person("adam@example.com", "admin");
  const ctx = shop.as(adam);
  const noteDownload = () => Promise.reject(new Error("the log is away"));
  const begin = audited(async () => ok("people.csv"), recipients);
  await expect(begin({ ...ctx, auditTrail: { ...ctx.auditTrail, noteDownload } }, null)).rejects.toThrow("the log is away");
});
