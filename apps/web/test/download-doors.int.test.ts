import type { CampaignId } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as exportDoor } from "../src/app/api/campaigns/[campaignId]/export/route.ts";
import { GET as refusedDoor } from "../src/app/api/workspaces/[workspaceId]/contacts/imports/[importId]/refused.csv/route.ts";
import { refusalOf } from "./refusal.ts";
import { createDoorWorld, type DoorWorld, open, type Person } from "./world.ts";

let doors: DoorWorld;
let shop: Shop;
let campaignId: CampaignId;
let importId: string;
const people = {} as Record<"admin" | "member" | "viewer" | "neighbour", Person>;
/** More than one page of each file. */
const recipients = 2100;
const refusedRows = 1100;

beforeAll(async () => {
  doors = await createDoorWorld();
  const { owner } = doors.world.database;
  shop = await doors.world.aShop();
  for (const role of ["admin", "member", "viewer"] as const) {
    people[role] = await doors.aPerson();
    await doors.join(people[role], shop.workspaceId, role);
  }
  people.neighbour = await doors.aPerson();
  await doors.join(people.neighbour, (await doors.world.aShop()).workspaceId, "owner");
  campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(1, { fromNumber: 1_000_000 }))
    .withSkipped(await shop.contacts(recipients - 1, { fromNumber: 2_000_000 }))
    .launch();
  const { rows } = await owner.query<{ id: string }>(
    `with batch as (insert into import_batches (workspace_id, file_name, mapping, headers, rows_refused)
        values ($1, 'people.csv', '{"phone": "phone", "fields": {}}', '{phone,name}', $2::int) returning id),
      refused as (insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells)
        select $1, id, n, 'not a phone number', '["12", "Nina Secret"]' from batch, generate_series(1, $2::int) n)
     select id from batch`,
    [shop.workspaceId, refusedRows],
  );
  importId = rows[0]?.id ?? "";
});
afterAll(() => doors?.close());

const takeRecipients = (person: Person) =>
  open(exportDoor, doors.services, "GET", { path: "/api/x/export", params: { campaignId } }, person);
const takeRefused = (person: Person) =>
  open(refusedDoor, doors.services, "GET", { path: "/api/x/refused.csv", params: { workspaceId: shop.workspaceId, importId } }, person);
type Taken = { readonly actor: string; readonly action: string; readonly resource: string; readonly detail: unknown };
const log = async (): Promise<readonly Taken[]> =>
  (
    await doors.world.database.owner.query<Taken>(
      `select actor_kind || ' ' || actor_id as actor, action, resource_kind || ' ' || resource_id as resource, detail from audit_log
       where workspace_id = $1 and action in ('recipients.exported', 'contacts.refused_rows_downloaded') order by id`,
      [shop.workspaceId],
    )
  ).rows;

test("each file that is taken leaves one entry, whatever its length: who, what and how many, and nothing of what is in it", async () => {
  const before = (await log()).length;
  const exported = await (await takeRecipients(people.admin)).text();
  const refused = await (await takeRefused(people.member)).text();
  expect(exported.trim().split("\r\n")).toHaveLength(1 + recipients);
  expect(refused.trim().split("\r\n")).toHaveLength(1 + refusedRows);
  expect((await log()).slice(before)).toEqual([
    {
      actor: `user ${people.admin.userId}`,
      action: "recipients.exported",
      resource: `campaign ${campaignId}`,
      detail: { people: recipients },
    },
    {
      actor: `user ${people.member.userId}`,
      action: "contacts.refused_rows_downloaded",
      resource: `import_batch ${importId}`,
      detail: { refused: refusedRows },
    },
  ]);
});

test("the entry is there before the first byte: a reader who leaves at once took a file all the same", async () => {
  const before = (await log()).length;
  const response = await takeRecipients(people.admin);
  expect((await log()).length).toBe(before + 1);
  await response.body?.cancel();
});

test("what a role may not take, and what is another workspace's, is refused and leaves no entry", async () => {
  for (const person of [people.member, people.viewer])
    expect(await refusalOf(doors, () => takeRecipients(person))).toMatchObject({ status: 403, action: "contacts.export" });
  expect(await refusalOf(doors, () => takeRefused(people.viewer))).toMatchObject({ status: 403, action: "contacts.import" });
  for (const take of [takeRecipients, takeRefused])
    expect(await refusalOf(doors, () => take(people.neighbour))).toMatchObject({ status: 404 });
});

test("a file whose entry cannot be written does not begin", async () => {
  const { owner } = doors.world.database;
  // as if the log were full: whatever is written from now on is refused
  await owner.query("alter table audit_log add constraint full_log check (false) not valid");
  try {
    for (const take of [() => takeRecipients(people.admin), () => takeRefused(people.member)])
      expect(await refusalOf(doors, take)).toMatchObject({ status: 500 });
  } finally {
    await owner.query("alter table audit_log drop constraint full_log");
  }
  expect((await takeRefused(people.member)).status).toBe(200);
});
