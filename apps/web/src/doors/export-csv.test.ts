import type { ExportPage } from "@herald/campaign";
import { type CampaignId, type ContactId, err, type MessageId, notAllowed, ok } from "@herald/kernel";
import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";
import { exportedCsv, exportName } from "./export-csv.ts";
import type { Access, Transactions } from "./services.ts";

const campaignId = "00000000-0000-4000-8000-300000000001" as CampaignId;
const access = {} as Access;
const row = (number: number): ExportPage["rows"][number] => ({
  messageId: String(number) as MessageId,
  contactId: String(number) as ContactId,
  displayName: "=1+1",
  address: "+12125550100",
  state: "failed",
  receipt: null,
  reason: "CONTACT",
  class: "CONTACT",
  code: "131026",
  nextAtMs: null,
  changedAtMs: 0,
  attempts: 1,
  providerMessageId: "wamid.1",
  intentAtMs: 0,
  sentAtMs: null,
  deliveredAtMs: null,
  readAtMs: null,
  failedAtMs: 1000,
  verdict: "failed_contact",
});
/** Answers the pages in their turn, whatever is asked. */
const answering = (...pages: readonly (ExportPage | "refused")[]): Transactions => {
  let next = 0;
  const run = async () => {
    const page = pages[next];
    next += 1;
    return page === "refused" || page === undefined ? err(notAllowed("contacts.export")) : ok(page);
  };
  return { run: run as unknown as Transactions["run"], runOnce: run as unknown as Transactions["runOnce"] };
};
async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

test("a file has a mark, a header and one line per recipient, and no cell that a spreadsheet would run", async () => {
  const text = await textOf(
    exportedCsv(answering({ rows: [row(1)], next: "1" as ContactId }, { rows: [row(2)], next: null }), access, campaignId),
  );
  const [header = "", first = "", second = "", end] = text.split("\r\n");
  expect(header).toMatch(/^\uFEFFphone,name,state,/);
  expect(first).toBe(
    "'+12125550100,'=1+1,failed,,failed_contact,CONTACT,CONTACT,131026,1,1970-01-01T00:00:00.000Z,,,,1970-01-01T00:00:01.000Z,,1970-01-01T00:00:00.000Z,wamid.1,1",
  );
  expect(second).toMatch(/,2$/);
  expect(end).toBe("");
});

test("a file that cannot be finished breaks off: nobody takes it for whole", async () => {
  const parts = exportedCsv(answering({ rows: [row(1)], next: "1" as ContactId }, "refused"), access, campaignId);
  await expect(textOf(parts)).rejects.toThrow("the export cannot go on: not_allowed");
});

test("a cell with a comma, a quote or a line break stays one cell", () => {
  expect(csvLine(['a "b", c', "d\ne", null, " f"])).toBe('"a ""b"", c","d\ne",," f"\r\n');
});

test("the file has the campaign's name and the time", () => {
  expect(exportName({ campaignId, name: "Spring sale", atMs: Date.UTC(2026, 10, 21, 14, 5) })).toBe("Spring sale 2026-11-21 14.05 UTC.csv");
});
