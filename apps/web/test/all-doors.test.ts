import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { doorsTable } from "./doors-table.ts";
import { allRoutes } from "./routes.ts";

// loading every door loads every adapter, which is not what the tests below time
const routes = await allRoutes();

test("every route on disk is in the table of doors, as the table says, and the table names no other", () => {
  const declared = routes.map(({ path, method, handler }) => ({ path, method, ...handler.facts }));
  const decided = doorsTable.map(({ path, method, auth, action = null, workspaceFrom = null, audit = null }) => ({
    path,
    method,
    auth,
    action,
    workspaceFrom,
    audit,
  }));
  const inOrder = <Row extends { path: string; method: string }>(rows: readonly Row[]): Row[] =>
    rows.toSorted((one, other) => `${one.path} ${one.method}`.localeCompare(`${other.path} ${other.method}`));
  expect(inOrder(declared)).toEqual(inOrder(decided));
});

test("a door that changes something under a member's right leaves an audit entry, and one that only reads does not", () => {
  const importTry = "/api/workspaces/[workspaceId]/contacts/import/try";
  const withoutChange = new Set(["/api/campaigns/preview", "/api/campaigns/checks", "/api/realtime/auth", importTry]);
  for (const { path, method, auth, audit } of doorsTable.filter((row) => row.auth === "member")) {
    expect(audit !== undefined, `${method} ${path} ${auth}`).toBe(method !== "GET" && !withoutChange.has(path));
  }
});

test("docs/doors.md lists every door, and no other", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/doors.md"), "utf8");
  const listed = [...text.matchAll(/^\| `([A-Z]+ \/\S+)` \|/gm)].map(([, door = ""]) => door);
  const catchAll = "/api/[...path]";
  const doors = routes.filter(({ path }) => path !== catchAll).map(({ method, path }) => `${method} ${path}`);
  const inOrder = (names: readonly string[]): string[] => names.toSorted((one, other) => one.localeCompare(other));
  expect(inOrder(listed)).toEqual(inOrder(doors));
});
