import { randomUUID } from "node:crypto";
import { roleCan } from "@herald/identity";
import { type Role, roles } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DoorRow, doorsTable, type Target } from "./doors-table.ts";
import { allRoutes, type Route } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let routes: readonly Route[];
let own: Shop;
let foreign: Shop;
const people = {} as Record<Role | "outsider", Person>;

beforeAll(async () => {
  doors = await createDoorWorld();
  routes = await allRoutes();
  own = await doors.world.aShop({ category: "UTILITY" });
  foreign = await doors.world.aShop({ category: "UTILITY" });
  for (const shop of [own, foreign]) await shop.contacts(2, { tag: "reachable" });
  for (const role of roles) {
    people[role] = await doors.aPerson();
    await doors.join(people[role], own.workspaceId, role);
  }
  people.outsider = await doors.aPerson();
  await doors.join(people.outsider, foreign.workspaceId, "owner");
});
afterAll(() => doors.close());

const memberDoors = doorsTable.filter((row) => row.auth === "member");
const sessionDoors = doorsTable.filter((row) => row.auth === "session");
const titleOf = (row: DoorRow): string => `${row.method} ${row.path}`;

async function targetIn(shop: Shop, arrange?: string): Promise<Target> {
  const campaignId = await doors.aCampaign(shop);
  const arranged = arrange === undefined ? [] : (await doors.world.database.owner.query<{ id?: string }>(arrange, [campaignId])).rows;
  const [message] = await shop.messages(campaignId);
  return {
    shop,
    campaignId,
    messageId: message?.id ?? "",
    contactId: message?.contact_id ?? "",
    unique: randomUUID(),
    arrangedId: arranged[0]?.id ?? "",
  };
}

async function call(row: DoorRow, shop: Shop, person: Person | null): Promise<Response> {
  const route = routes.find(({ path, method }) => path === row.path && method === row.method);
  if (!route) throw new Error(`no route for ${titleOf(row)}`);
  const target = await targetIn(shop, row.arrange);
  const { query = "", ...rest } = row.call?.(target) ?? {};
  const response = await open(route.handler, doors.services, row.method, { ...rest, path: `${row.path}${query}` }, person);
  if (row.restore) await doors.world.database.owner.query(row.restore, [target.campaignId]);
  return response;
}

/** The matrix asserts statuses; a success that is none is explained by its problem. */
async function statusOf(response: Response, expected: number | undefined): Promise<number> {
  if (response.status !== expected && response.status >= 400)
    throw new Error(`${response.status}: ${JSON.stringify(await jsonOf(response))}`);
  return response.status;
}

describe.each(memberDoors.map((row) => [titleOf(row), row] as const))("%s", (_title, row) => {
  test.each(roles)("for the role %s in the own workspace: what the table of capabilities says", async (role) => {
    const isAllowed = row.action !== undefined && roleCan(role, row.action, { onlyAdminsSend: false });
    const expected = isAllowed ? row.success : 403;
    expect(await statusOf(await call(row, own, people[role]), expected)).toBe(expected);
  });

  test.each(roles)("for the role %s aimed at a foreign workspace: 404, as for one that nobody has", async (role) => {
    const response = await call(row, foreign, people[role]);
    expect(response.status).toBe(404);
    expect(await jsonOf(response)).toMatchObject({ type: "urn:herald:problem:not_found" });
  });

  test("for an outsider: 404; for nobody: 401", async () => {
    expect((await call(row, own, people.outsider)).status).toBe(404);
    expect((await call(row, own, null)).status).toBe(401);
    expect((await call(row, own, { ...people.owner, token: `${people.owner.token}x` })).status).toBe(401);
  });
});

describe.each(sessionDoors.map((row) => [titleOf(row), row] as const))("%s", (_title, row) => {
  test("for anybody signed in: let in; for nobody: 401", async () => {
    for (const person of Object.values(people)) expect((await call(row, own, person)).status).toBe(row.success ?? 200);
    expect((await call(row, own, null)).status).toBe(401);
  });
});

test("a workspace that leaves sending to admins lets a member preview, and neither send nor stop", async () => {
  await doors.world.database.owner.query("update workspaces set only_admins_send = true where id = $1", [own.workspaceId]);
  try {
    for (const row of memberDoors.filter(({ action }) => action === "campaign.send" || action === "campaign.control")) {
      expect((await call(row, own, people.member)).status, titleOf(row)).toBe(403);
      expect((await call(row, own, people.admin)).status, titleOf(row)).toBe(row.success);
    }
  } finally {
    await doors.world.database.owner.query("update workspaces set only_admins_send = false where id = $1", [own.workspaceId]);
  }
});

test("what changes something leaves exactly one audit entry, under the name the door declares", async () => {
  const count = async (action: string): Promise<number> => {
    const { rows } = await doors.world.database.owner.query<{ n: number }>(
      "select count(*)::int as n from audit_log where workspace_id = $1 and action = $2 and actor_id = $3",
      [own.workspaceId, action, people.owner.userId],
    );
    return rows[0]?.n ?? -1;
  };
  const controlled = new Set(["campaign.resumed"]);
  for (const row of memberDoors.filter(({ audit }) => audit !== undefined && !controlled.has(audit))) {
    const before = await count(row.audit ?? "");
    expect((await call(row, own, people.owner)).status).toBe(row.success);
    expect(await count(row.audit ?? ""), titleOf(row)).toBe(before + 1);
  }
});

test("what is read leaves an audit entry if, and only if, it leaves as a file", async () => {
  for (const row of memberDoors.filter(({ method }) => method === "GET")) {
    const response = await call(row, own, people.owner);
    const isFile = response.headers.get("content-disposition")?.startsWith("attachment") ?? false;
    await response.body?.cancel();
    expect(isFile, titleOf(row)).toBe(row.audit !== undefined);
  }
});
