import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Services } from "../src/doors/services.ts";
import { doorsTable } from "./doors-table.ts";
import { allAddresses, allRoutes, methods } from "./routes.ts";

// loading every door loads every adapter, which is not what the tests below time
const [addresses, routes] = await Promise.all([allAddresses(), allRoutes()]);

/** Who is refused before anything is read needs a clock and a log, and nothing else. */
const quietServices = {
  log: { info: () => undefined, error: () => undefined },
  clock: { monotonicMs: () => 0 },
} as unknown as Services;

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

/** Doors that only read, and give what they read away as a file. */
const downloads = new Set(["/api/campaigns/[campaignId]/export", "/api/workspaces/[workspaceId]/contacts/imports/[importId]/refused.csv"]);

test("a door that changes something under a member's right, or gives people away as a file, leaves an audit entry; one that only shows does not", () => {
  const importTry = "/api/workspaces/[workspaceId]/contacts/import/try";
  const withoutChange = new Set(["/api/campaigns/preview", "/api/campaigns/checks", "/api/realtime/auth", importTry]);
  for (const { path, method, auth, audit } of doorsTable.filter((row) => row.auth === "member")) {
    expect(audit !== undefined, `${method} ${path} ${auth}`).toBe(downloads.has(path) || (method !== "GET" && !withoutChange.has(path)));
  }
});

test.each(addresses.filter(({ path }) => path !== "/api/[...path]").map(({ path, handlers }) => [path, handlers] as const))(
  "%s answers every other method with a problem that names its own, under the caller's request id",
  async (path, handlers) => {
    const own = routes.filter((route) => route.path === path).map(({ method }) => method);
    // Next answers HEAD with GET's handler, which writes down that a file was taken
    const takesHead = own.includes("GET") && !downloads.has(path);
    const allow = [...own, "OPTIONS", ...(takesHead ? ["HEAD"] : [])].toSorted().join(", ");
    const refused = methods.filter((one) => !own.includes(one));
    for (const method of downloads.has(path) ? ([...refused, "HEAD"] as const) : refused) {
      const request = new Request(`https://herald.example${path}?x=1`, { method, headers: { "x-request-id": "caller-0001" } });
      const response = await handlers[method]?.openOn(quietServices, request, {});
      expect(response?.status, `${method} ${path}`).toBe(405);
      expect(response?.headers.get("allow")).toBe(allow);
      expect(response?.headers.get("x-request-id")).toBe("caller-0001");
      expect(response?.headers.get("content-type")).toBe("application/problem+json");
      expect(await response?.json()).toMatchObject({
        type: "urn:herald:problem:method_not_allowed",
        cure: `It takes ${allow}.`,
        requestId: "caller-0001",
      });
    }
    expect(handlers.OPTIONS?.().headers.get("allow")).toBe(allow);
  },
);

test("docs/doors.md lists every door, and no other", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/doors.md"), "utf8");
  const listed = [...text.matchAll(/^\| `([A-Z]+ \/\S+)` \|/gm)].map(([, door = ""]) => door);
  const catchAll = "/api/[...path]";
  const doors = routes.filter(({ path }) => path !== catchAll).map(({ method, path }) => `${method} ${path}`);
  const inOrder = (names: readonly string[]): string[] => names.toSorted((one, other) => one.localeCompare(other));
  expect(inOrder(listed)).toEqual(inOrder(doors));
});
