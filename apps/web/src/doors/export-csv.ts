import { type ExportPage, exportRecipients, type OpenedExport } from "@herald/campaign";
import type { CampaignId, ContactId, NotAllowed, NotFound, Result } from "@herald/kernel";
import { isoOrNull } from "./answers/times.ts";
import { csvLine } from "./csv.ts";
import type { Access, Transactions } from "./services.ts";

type Row = ExportPage["rows"][number];
const columns = {
  phone: ({ address }) => address,
  name: ({ displayName }) => displayName,
  state: ({ state }) => state,
  receipt: ({ receipt }) => receipt,
  verdict: ({ verdict }) => verdict,
  reason: ({ reason }) => reason,
  class: (row) => row.class,
  code: ({ code }) => code,
  attempts: ({ attempts }) => String(attempts),
  asked_at: ({ intentAtMs }) => isoOrNull(intentAtMs),
  sent_at: ({ sentAtMs }) => isoOrNull(sentAtMs),
  delivered_at: ({ deliveredAtMs }) => isoOrNull(deliveredAtMs),
  read_at: ({ readAtMs }) => isoOrNull(readAtMs),
  failed_at: ({ failedAtMs }) => isoOrNull(failedAtMs),
  next_try_at: ({ nextAtMs }) => isoOrNull(nextAtMs),
  changed_at: ({ changedAtMs }) => isoOrNull(changedAtMs),
  wamid: ({ providerMessageId }) => providerMessageId,
  message_id: ({ messageId }) => messageId,
} as const satisfies Readonly<Record<string, (row: Row) => string | null>>;

/** A file that a spreadsheet opens: UTF-8 with its mark, a header, one line per recipient. Holds one page at a time. */
export async function* exportedCsv(transactions: Transactions, access: Access, campaignId: CampaignId): AsyncGenerator<string, void> {
  yield `\uFEFF${csvLine(Object.keys(columns))}`;
  for (let after: ContactId | null = null; ; ) {
    const cursor: ContactId | null = after;
    const page: Result<ExportPage, NotFound | NotAllowed> = await transactions.run(access, (ctx) =>
      exportRecipients(ctx, { campaignId, after: cursor }),
    );
    // a right that was taken away meanwhile, or a campaign that is gone: the file breaks off, so that nobody takes it for whole
    if (!page.ok) throw new Error(`the export cannot go on: ${page.error.type}`);
    if (page.value.rows.length > 0) yield page.value.rows.map((row) => csvLine(Object.values(columns).map((cell) => cell(row)))).join("");
    after = page.value.next;
    if (after === null) return;
  }
}

/** "Spring sale 2026-11-21 14.05 UTC.csv" */
export const exportName = ({ name, atMs }: OpenedExport): string =>
  `${name} ${new Date(atMs).toISOString().slice(0, 16).replace("T", " ").replace(":", ".")} UTC.csv`;
