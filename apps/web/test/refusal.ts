import { expect } from "vitest";
import type { DoorWorld } from "./world.ts";
import { jsonOf } from "./world.ts";

const tables = [
  "campaign_history",
  "campaign_chunks",
  "campaign_messages",
  "campaign_controls",
  "outbox",
  "audit_log",
  "idempotency_keys",
  "contacts",
  "contact_addresses",
  "consents",
  "import_batches",
  "import_row_errors",
  "recipient_lists",
  "campaign_drafts",
];
/** Rows of everything that a campaign or an import writes. */
export async function rowCounts(doors: DoorWorld): Promise<Record<string, number>> {
  const { rows } = await doors.world.database.owner.query<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(", ")}`,
  );
  return rows[0] ?? {};
}
/** Opens a door that must refuse: a problem of RFC 9457 in full, and not one row more in any table. */
export async function refusalOf(doors: DoorWorld, request: () => Promise<Response>): Promise<Record<string, unknown>> {
  const before = await rowCounts(doors);
  const response = await request();
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await rowCounts(doors)).toEqual(before);
  const problem = await jsonOf(response);
  expect(problem).toMatchObject({
    status: response.status,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: expect.any(String),
  });
  return problem;
}
