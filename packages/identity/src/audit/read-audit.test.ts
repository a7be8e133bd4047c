import { expectOk } from "@herald/kernel";
import { expect, test } from "vitest";
import { type AuditEntry, readAudit } from "../index.ts";
import { HouseInMemory } from "../testing/house-in-memory.ts";

const entry = (no: number): AuditEntry => ({
  entryId: String(no),
  atMs: no,
  actorKind: "user",
  actorId: "a",
  actorEmail: null,
  action: no % 2 === 0 ? "campaign.paused" : "member.invited",
  resourceKind: "test",
  resourceId: "r",
  resourceName: null,
  detail: {},
});

test("the log is read page by page without a gap or a repetition, and each page says whether there is more", async () => {
  const shop = new HouseInMemory();
  const adam = shop.person("adam@example.com", "admin");
  shop.entries = Array.from({ length: 7 }, (_, index) => entry(7 - index));
  const read = async (before?: string) => expectOk(await readAudit(shop.as(adam), { before, limit: 3 }), "reads");
  const first = await read();
  const second = await read(first.entries.at(-1)?.entryId);
  const third = await read(second.entries.at(-1)?.entryId);
  expect([first, second, third].map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
  expect([first, second, third].flatMap(({ entries }) => entries.map(({ entryId }) => entryId))).toEqual([
    "7",
    "6",
    "5",
    "4",
    "3",
    "2",
    "1",
  ]);
});

test("only admins and owners read it", async () => {
  const shop = new HouseInMemory();
  for (const role of ["member", "viewer"] as const) {
    const person = shop.person(`${role}@example.com`, role);
    expect(await readAudit(shop.as(person), { limit: 3 })).toMatchObject({ error: { type: "not_allowed" } });
  }
});
