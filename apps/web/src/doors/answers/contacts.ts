import { type ImportSummary, refusalCodes } from "@herald/contacts";
import { z } from "zod";

const count = z.int().min(0);
export const ImportAnswer = z.strictObject({
  importBatchId: z.uuid(),
  recipientListId: z.uuid().nullable(),
  mapping: z.strictObject({
    phone: z.string(),
    name: z.string().optional(),
    tags: z.string().optional(),
    consent: z.string().optional(),
    fields: z.record(z.string(), z.string()),
  }),
  rowsRead: count,
  added: count,
  updated: count,
  refused: count,
  refusals: z.array(z.strictObject({ reason: z.enum(refusalCodes), count })),
  firstRefused: z.array(z.strictObject({ rowNo: z.int().min(1), reason: z.enum(refusalCodes) })).max(20),
  optedOut: count,
  consentsRecorded: count,
});

export const presentImport = (summary: ImportSummary): z.input<typeof ImportAnswer> => ({
  ...summary,
  refusals: [...summary.refusals],
  firstRefused: [...summary.firstRefused],
});
