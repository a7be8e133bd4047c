import type { Shop } from "@herald/testkit";
import { eventually } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rowCounts } from "./refusal.ts";
import { allRoutes, type Route } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

const root = "/api/workspaces/[workspaceId]/contacts";
let doors: DoorWorld;
let routes: readonly Route[];
let shop: Shop;
const people = {} as Record<"owner" | "viewer" | "outsider", Person>;

beforeAll(async () => {
  doors = await createDoorWorld();
  routes = await allRoutes();
  shop = await doors.world.aShop();
  for (const name of ["owner", "viewer", "outsider"] as const) people[name] = await doors.aPerson();
  await doors.join(people.owner, shop.workspaceId, "owner");
  await doors.join(people.viewer, shop.workspaceId, "viewer");
});
afterAll(() => doors.close());

const handlerOf = (path: string): Route["handler"] => {
  const route = routes.find((candidate) => candidate.path === path);
  if (!route) throw new Error(`no door at ${path}`);
  return route.handler;
};
const get = (path: string, importId: string, person = people.owner): Promise<Response> =>
  open(handlerOf(path), doors.services, "GET", { path, params: { workspaceId: shop.workspaceId, importId } }, person);
const post = (path: string, query: string, body: BodyInit, options: { readonly signal?: AbortSignal; readonly accept?: string } = {}) =>
  handlerOf(path).openOn(
    doors.services,
    new Request(new URL(`${path}?${query}`, "http://127.0.0.1:3000"), {
      method: "POST",
      headers: {
        authorization: `Bearer ${people.owner.token}`,
        "content-type": "text/csv",
        ...(options.accept && { accept: options.accept }),
        "x-request-id": "import-0001",
      },
      body,
      duplex: "half",
      ...(options.signal && { signal: options.signal }),
    } as RequestInit),
    { workspaceId: shop.workspaceId },
  );
const lines = "application/x-ndjson";
const watch = (query: string, body: BodyInit, signal?: AbortSignal) =>
  post(`${root}/import`, query, body, { accept: lines, ...(signal && { signal }) });
const rows = (count: number, prefix = "+1647"): string =>
  Array.from({ length: count }, (_, at) => `${prefix}${2_000_000 + at},Somebody ${at}\n`).join("");

test("whoever watches is told how far the import is, and at last what it would have been answered at once", async () => {
  const response = await watch("fileName=watched.csv&listName=Watched", `phone,name\n${rows(30_000)}abc,Nobody\n`);
  expect([response.status, response.headers.get("content-type"), response.headers.get("x-request-id")]).toEqual([
    200,
    lines,
    "import-0001",
  ]);
  const told = (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { progress?: Record<string, number>; done?: object });
  const last = told.at(-1)?.done;
  expect(last).toMatchObject({ rowsRead: 30_001, added: 30_000, refused: 1, listWas: "new" });
  const progress = told.slice(0, -1).map((line) => line.progress);
  expect(progress[0]).toMatchObject({ importBatchId: expect.any(String), rowsRead: 0, rowsPerSecond: 0, added: 0, updated: 0, refused: 0 });
  const read = progress.map((one) => one?.["rowsRead"] ?? -1);
  expect(read.length).toBeGreaterThanOrEqual(3);
  expect(read).toEqual(read.toSorted((one, other) => one - other));
  expect(progress.at(-1)?.["rowsPerSecond"]).toBeGreaterThan(0);
});

test("a file that breaks off under way ends in a problem with words, and leaves nothing", async () => {
  const before = await rowCounts(doors);
  const told = (await (await watch("fileName=broken.csv", `phone,name\n${rows(2_500, "+1905")}+19052999999,"never closed\n`)).text())
    .trim()
    .split("\n");
  expect(JSON.parse(told.at(-1) ?? "")).toMatchObject({
    problem: { type: "urn:herald:problem:malformed_csv", status: 422, requestId: "import-0001", lineNo: 2502 },
  });
  expect(await rowCounts(doors)).toEqual(before);
});

test("what is refused before the work begins is refused as ever, with its status", async () => {
  expect((await watch("fileName=a.csv&what=1", "phone\n")).status).toBe(422);
});

const cancelled = async (): Promise<readonly string[]> =>
  (
    await doors.world.database.owner.query<{ file_name: string }>(
      "select file_name from cancelled_imports where workspace_id = $1 order by created_at",
      [shop.workspaceId],
    )
  ).rows.map(({ file_name }) => file_name);
const isIdle = async (): Promise<boolean> => {
  const { rows: busy } = await doors.world.database.owner.query<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'herald-web' and xact_start is not null",
  );
  return busy[0]?.n === 0;
};

test("a reader who goes away cancels: nothing is written but that it was cancelled, and the database is at rest within 2 s", async () => {
  const before = await rowCounts(doors);
  const response = await watch("fileName=gone.csv&listName=Never", `phone,name\n${rows(60_000, "+1416")}`);
  const reader = response.body?.getReader();
  const first = JSON.parse(new TextDecoder().decode((await reader?.read())?.value)) as { progress: { importBatchId: string } };
  await reader?.read();
  const leftAtMs = performance.now();
  await reader?.cancel();
  await eventually("the import's transaction is over", isIdle, 2000);
  expect(performance.now() - leftAtMs).toBeLessThan(2000);
  await eventually("the cancellation is kept", async () => (await cancelled()).includes("gone.csv"), 2000);
  expect(await rowCounts(doors)).toEqual({ ...before, audit_log: (before["audit_log"] ?? 0) + 1 });
  expect((await get(`${root}/imports/[importId]`, first.progress.importBatchId)).status).toBe(404);
});

test("a caller who waits for the whole answer and goes away cancels just so, also in the midst of the upload", async () => {
  const before = await rowCounts(doors);
  const stop = new AbortController();
  const answer = post(`${root}/import`, "fileName=unheard.csv", `phone,name\n${rows(60_000, "+1416")}`, { signal: stop.signal });
  await eventually("the import is under way", async () => !(await isIdle()));
  stop.abort();
  expect(await jsonOf(await answer)).toMatchObject({ type: "urn:herald:problem:caller_left" });

  const half = new AbortController();
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      half.abort();
      controller.error(new Error("the client left"));
    },
  });
  expect((await watch("fileName=half.csv", endless, half.signal)).status).toBe(499);
  expect(await cancelled()).toEqual(expect.arrayContaining(["unheard.csv", "half.csv"]));
  expect(await rowCounts(doors)).toEqual({ ...before, audit_log: (before["audit_log"] ?? 0) + 2 });
});

test("refused rows are downloaded whole, mended, and imported; what an import became is answered by its id", async () => {
  const bad = Array.from({ length: 2_300 }, (_, at) => `12,Row ${at},=1+${at}\n`).join("");
  const summary = await jsonOf(
    await post(
      `${root}/import`,
      "fileName=r%C3%A9sum%C3%A9.csv&listName=Mended",
      `Phone;Name;Code\n+14165550701;Ana;1\n${bad.replaceAll(",", ";")}`,
    ),
  );
  const importId = String(summary["importBatchId"]);
  expect(summary).toMatchObject({ added: 1, refused: 2_300 });
  const file = await get(`${root}/imports/[importId]/refused.csv`, importId);
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(file.headers.get("content-disposition")).toContain("filename*=UTF-8''r%C3%A9sum%C3%A9%20-%20not%20imported.csv");
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect(bytes.slice(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf));
  const text = new TextDecoder().decode(bytes);
  expect(text.split("\r\n").slice(0, 2)).toEqual([
    "Herald: why not imported;Phone;Name;Code",
    "“12” is not a phone number.;12;Row 0;'=1+0",
  ]);
  expect(text.trim().split("\r\n")).toHaveLength(2_301);

  const mended = text.replace(/;12;Row (\d+);/g, (_all, at: string) => `;+1778${2_000_000 + Number(at)};Row ${at};`);
  expect(await jsonOf(await post(`${root}/import`, "fileName=mended.csv&listName=Mended", mended))).toMatchObject({
    added: 2_300,
    refused: 0,
    listWas: "existing",
    mapping: { phone: "Phone", name: "Name", fields: { code: "Code" } },
  });
  expect(await jsonOf(await get(`${root}/imports/[importId]`, importId, people.viewer))).toMatchObject({
    fileName: "résumé.csv",
    added: 1,
    refused: 2_300,
    refusals: [{ reason: "not_a_phone_number", count: 2_300 }],
    listWas: "new",
  });
  expect((await get(`${root}/imports/[importId]/refused.csv`, importId, people.viewer)).status).toBe(403);
  for (const path of [`${root}/imports/[importId]`, `${root}/imports/[importId]/refused.csv`])
    expect((await get(path, importId, people.outsider)).status).toBe(404);
});

test("a try answers what the first rows would become, by the names the caller used, and writes nothing", async () => {
  const before = await rowCounts(doors);
  const told = await post(`${root}/import/try`, "defaultCountry=AE&cut=yes", 'Phone,Name\n0501234567,Ana\n0501234568,"cut he\n');
  expect(await jsonOf(told)).toMatchObject({ mapping: { phone: "Phone" }, rows: [{ person: { phone: "+971 50 123 4567" } }] });
  const refused = await post(`${root}/import/try`, "phone=Mobile", "Phone\n0501234567\n");
  expect(await jsonOf(refused)).toMatchObject({ issues: [{ path: "query.phone", cure: "Choose one of: Phone." }] });
  expect(await rowCounts(doors)).toEqual(before);
});
