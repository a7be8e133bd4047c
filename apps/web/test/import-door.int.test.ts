import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalOf } from "./refusal.ts";
import { allRoutes } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

const path = "/api/workspaces/[workspaceId]/contacts/import";
let doors: DoorWorld;
let shop: Shop;
let owner: Person;
let importCsv: (text: string, query?: string, contentType?: string) => Promise<Response>;

beforeAll(async () => {
  doors = await createDoorWorld();
  shop = await doors.world.aShop();
  owner = await doors.aPerson();
  await doors.join(owner, shop.workspaceId, "owner");
  const route = (await allRoutes()).find((candidate) => candidate.path === path);
  if (!route) throw new Error(`no door at ${path}`);
  importCsv = (body, query = "fileName=people.csv&listName=New", contentType = "text/csv; charset=utf-8") =>
    open(
      route.handler,
      doors.services,
      "POST",
      { path: `${path}?${query}`, params: { workspaceId: shop.workspaceId }, headers: { "content-type": contentType }, body },
      owner,
    );
});
afterAll(() => doors.close());

const contactsNow = async (): Promise<number> => {
  const { rows } = await doors.world.database.owner.query<{ n: number }>(
    "select count(*)::int as n from contacts where workspace_id = $1",
    [shop.workspaceId],
  );
  return rows[0]?.n ?? -1;
};

test("a file is imported with its broken rows told, and a second time it only updates", async () => {
  const text = "Phone;First name;Opt-in\n+14165550101;Ana;yes\n0416;Bo;yes\n+14165550102;Cy;\n";
  const first = await importCsv(text);
  expect(first.status).toBe(200);
  expect(await jsonOf(first)).toMatchObject({
    mapping: { phone: "Phone", consent: "Opt-in", fields: { first_name: "First name" } },
    rowsRead: 3,
    added: 2,
    updated: 0,
    refused: 1,
    refusals: [{ reason: "not_a_phone_number", count: 1 }],
    firstRefused: [{ rowNo: 2, reason: "not_a_phone_number" }],
    listWas: "new",
    consentsGranted: 1,
    consentsWithdrawn: 0,
  });
  expect(await jsonOf(await importCsv(text))).toMatchObject({
    rowsRead: 3,
    added: 0,
    updated: 2,
    refused: 1,
    consentsGranted: 0,
    listWas: "existing",
  });
  const { rows } = await doors.world.database.owner.query(
    "select row_no, reason, cells from import_row_errors order by import_batch_id limit 1",
  );
  expect(rows).toEqual([{ row_no: 2, reason: "“0416” is not a phone number.", cells: ["0416", "Bo", "yes"] }]);
});

test("a withdrawal in a repeated row stands in the person's consent, with its own row as the proof", async () => {
  const others = Array.from({ length: 1200 }, (_, at) => `+1905${2_000_000 + at},yes\n`).join("");
  const response = await importCsv(`phone,consent\n+14165550130,yes\n+14165550131,yes\n${others}+14165550130,no\nabc,yes\n`);
  expect(await jsonOf(response)).toMatchObject({ rowsRead: 1204, added: 1202, updated: 0, refused: 2 });
  const { rows } = await doors.world.database.owner.query(
    `select address.value, state.state from consent_states state join contact_addresses address on address.contact_id = state.contact_id
      where address.workspace_id = $1 and address.value = any($2) order by address.value`,
    [shop.workspaceId, ["+14165550130", "+14165550131"]],
  );
  expect(rows).toEqual([
    { value: "+14165550130", state: "withdrawn" },
    { value: "+14165550131", state: "granted" },
  ]);
  const { rows: proofs } = await doors.world.database.owner.query(
    "select proof->>'row' as row from consents where workspace_id = $1 and state = 'withdrawn'",
    [shop.workspaceId],
  );
  expect(proofs).toEqual([{ row: "1203" }]);
});

test("the caller's mapping is written with names of columns only", async () => {
  const response = await importCsv("A,B,C\nx,+14165550120,Rome\n", "fileName=a.csv&phone=B&name=A&field=city:C");
  expect(await jsonOf(response)).toMatchObject({ added: 1, mapping: { phone: "B", name: "A", fields: { city: "C" } } });
});

const thousands = Array.from({ length: 2500 }, (_, at) => `+1416${6_000_000 + at},Good\n`).join("");
test.each([
  [
    "a quote that never closes, after 2,500 good rows",
    `phone,name\n${thousands}+14165550104,"Bo\n`,
    { type: "urn:herald:problem:malformed_csv", status: 422, lineNo: 2502 },
  ],
  ["text after a closing quote", 'phone,name\n+14165550104,"Bo"x\n', { type: "urn:herald:problem:malformed_csv", status: 422, lineNo: 2 }],
  [
    "a row over 64 KB, after 2,500 good rows",
    `phone,name\n${thousands}+14165550105,${"x".repeat(66_000)}\n`,
    { type: "urn:herald:problem:import_too_large", status: 413, lineNo: 2502 },
  ],
  ["a header and no rows", "phone,name\n", { type: "urn:herald:problem:malformed_csv", status: 422, lineNo: 1 }],
  ["no header", "", { type: "urn:herald:problem:malformed_csv", status: 422, lineNo: 1 }],
  ["no column with numbers", "name,city\nAna,Rome\n", { type: "urn:herald:problem:invalid_input", status: 422 }],
])("a file that cannot be read leaves nothing behind: %s", async (_name, text, problem) => {
  expect(await refusalOf(doors, () => importCsv(text))).toMatchObject(problem);
});

test.each([
  ["a mapping that the header cannot serve", "fileName=a.csv&phone=Mobile", "query.phone"],
  ["a field of a column that is not there", "fileName=a.csv&phone=phone&field=city:City", "query.field"],
  ["a country that is none", "fileName=a.csv&defaultCountry=XX", "query.defaultCountry"],
  ["a field without its column", "fileName=a.csv&phone=phone&field=First", "query.field"],
  ["columns without the phone's", "fileName=a.csv&name=name", "query.phone"],
  ["no name of the file", "listName=New", "query.fileName"],
  ["a parameter that nobody knows", "fileName=a.csv&what=1", "query"],
])("an address line that is not as it must be is told by name: %s", async (_name, query, issue) => {
  expect(await refusalOf(doors, () => importCsv("phone\n+14165550106\n", query))).toMatchObject({
    type: "urn:herald:problem:invalid_input",
    issues: [{ path: issue }],
  });
});

test("a body that is not text/csv is refused", async () => {
  expect(await refusalOf(doors, () => importCsv("{}", "fileName=a.csv", "application/json"))).toMatchObject({
    type: "urn:herald:problem:malformed_body",
    status: 400,
  });
});

test("5,000 rows are imported in one transaction", async () => {
  const before = await contactsNow();
  const rows = Array.from({ length: 5_000 }, (_, at) => `+1647${2_000_000 + at},Somebody ${at},yes\n`).join("");
  const response = await importCsv(`phone,name,consent\n${rows}`, "fileName=many.csv&listName=Many");
  expect(await jsonOf(response)).toMatchObject({ rowsRead: 5_000, added: 5_000, refused: 0, consentsGranted: 5_000 });
  expect(await contactsNow()).toBe(before + 5_000);
});
