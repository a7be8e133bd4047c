import type { CampaignId } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as exportDoor } from "../src/app/api/campaigns/[campaignId]/export/route.ts";
import { GET as whyDoor } from "../src/app/api/campaigns/[campaignId]/messages/[messageId]/route.ts";
import { GET as listDoor } from "../src/app/api/campaigns/[campaignId]/messages/route.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let shop: Shop;
let campaignId: CampaignId;
let admin: Person;
const leftOut = 2500;

beforeAll(async () => {
  doors = await createDoorWorld();
  shop = await doors.world.aShop();
  admin = await doors.aPerson();
  await doors.join(admin, shop.workspaceId, "admin");
  campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(3, { fromNumber: 1_000_000 }))
    .withSkipped(await shop.contacts(leftOut, { fromNumber: 2_000_000 }))
    .launch();
  await doors.world.database.owner.query(
    "update contacts set display_name = '=HYPERLINK(\"x\")' where workspace_id = $1 and display_name = 'Person 1'",
    [shop.workspaceId],
  );
});
afterAll(() => doors?.close());

type Row = { readonly messageId: string; readonly verdict: string; readonly state: string; readonly address: string };
async function listed(query: string): Promise<readonly Row[]> {
  const response = await open(listDoor, doors.services, "GET", { path: `/api/x/messages${query}`, params: { campaignId } }, admin);
  return (await jsonOf(response))["messages"] as Row[];
}

test("the list is narrowed by bucket, state, reason and search, and each row says what decided", async () => {
  expect((await listed("?bucket=queued")).map(({ verdict }) => verdict)).toEqual(["waiting", "waiting", "waiting"]);
  expect(await listed("?bucket=queued,failed&limit=2")).toHaveLength(2);
  expect(await listed("?state=accepted")).toEqual([]);
  expect(new Set((await listed("?reason=opted_out")).map(({ verdict }) => verdict))).toEqual(new Set(["skipped_opted_out"]));
  expect((await listed("?search=1000002")).map(({ address }) => address)).toEqual(["+16501000002"]);
});

test.each(["?bucket=nonsense", "?limit=0", "?messageIds=x", "?search=", "?state=read", "?unknown=1"])(
  "a query that is none is told as such: %s",
  async (query) => {
    const response = await open(listDoor, doors.services, "GET", { path: `/api/x/messages${query}`, params: { campaignId } }, admin);
    expect(response.status).toBe(422);
  },
);

test("the list and the why of one recipient say the same", async () => {
  const [row] = await listed("?bucket=skipped&limit=1");
  const response = await open(
    whyDoor,
    doors.services,
    "GET",
    { path: "/api/x", params: { campaignId, messageId: row?.messageId ?? "" } },
    admin,
  );
  expect(await jsonOf(response)).toMatchObject({ verdict: row?.verdict, address: row?.address, frozen: null, attempts: [], resends: 0 });
});

test("an export is the whole campaign as a file that no spreadsheet runs", async () => {
  const response = await open(exportDoor, doors.services, "GET", { path: "/api/x/export", params: { campaignId } }, admin);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="Test campaign \d{4}-\d\d-\d\d \d\d\.\d\d UTC\.csv"/);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  const lines = (await response.text()).trim().split("\r\n");
  expect(lines).toHaveLength(1 + 3 + leftOut);
  expect(lines.filter((line) => line.includes(",skipped,,skipped_opted_out,opted_out,"))).toHaveLength(leftOut);
  // cells are guarded: a number too, which a spreadsheet would round
  expect(lines.slice(1).every((line) => line.startsWith("'+1650"))).toBe(true);
  expect(lines.filter((line) => line.includes(`,"'=HYPERLINK(""x"")",`))).toHaveLength(2);
});

test("a reader who leaves in the middle leaves nothing open", async () => {
  const response = await open(exportDoor, doors.services, "GET", { path: "/api/x/export", params: { campaignId } }, admin);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const { rows } = await doors.world.database.owner.query(
    "select from pg_stat_activity where datname = current_database() and application_name = 'herald-web' and state like 'idle in transaction%'",
  );
  expect(rows).toEqual([]);
});
