import {
  type ImportSummary,
  type ImportTry,
  type KeptImport,
  type ImportProgress as Progress,
  refusalCodes,
  triedRows,
} from "@herald/contacts";
import { z } from "zod";

const count = z.int().min(0);
const counts = { rowsRead: count, added: count, updated: count, refused: count };
const mapping = z.strictObject({
  phone: z.string(),
  name: z.string().optional(),
  tags: z.string().optional(),
  consent: z.string().optional(),
  fields: z.record(z.string(), z.string()),
});
const result = {
  importBatchId: z.uuid(),
  recipientListId: z.uuid().nullable(),
  /** Whether the list was there before the import; null without a list. */
  listWas: z.enum(["new", "existing"]).nullable(),
  mapping,
  ...counts,
  refusals: z.array(z.strictObject({ reason: z.enum(refusalCodes), count })),
  optedOut: count,
  consentsGranted: count,
  consentsWithdrawn: count,
};

export const ImportAnswer = z.strictObject({
  ...result,
  firstRefused: z.array(z.strictObject({ rowNo: z.int().min(1), reason: z.enum(refusalCodes) })).max(20),
});

export const presentImport = (summary: ImportSummary): z.input<typeof ImportAnswer> => ({
  ...summary,
  refusals: [...summary.refusals],
  firstRefused: [...summary.firstRefused],
});

export const ImportProgress = z.strictObject({ importBatchId: z.uuid(), ...counts, rowsPerSecond: count });

export const presentProgress = (progress: Progress, elapsedMs: number): z.input<typeof ImportProgress> => ({
  ...progress,
  rowsPerSecond: elapsedMs === 0 ? 0 : Math.round((progress.rowsRead * 1000) / elapsedMs),
});

export const KeptImportAnswer = z.strictObject({ fileName: z.string(), defaultCountry: z.string().nullable(), ...result });

export function presentKeptImport(kept: KeptImport): z.input<typeof KeptImportAnswer> {
  const { importBatchId, fileName, defaultCountry, list, rowsRead, added, updated, refused, optedOut, consentsGranted, consentsWithdrawn } =
    kept;
  return {
    importBatchId,
    fileName,
    defaultCountry,
    recipientListId: list?.recipientListId ?? null,
    listWas: list?.was ?? null,
    mapping: mapping.parse(kept.mapping),
    rowsRead,
    added,
    updated,
    refused,
    refusals: [...kept.refusals],
    optedOut,
    consentsGranted,
    consentsWithdrawn,
  };
}

export const TryAnswer = z.strictObject({
  columns: z.array(z.strictObject({ header: z.string(), fieldKey: z.string(), isReason: z.boolean() })),
  mapping: mapping.nullable(),
  defaultCountry: z.string().nullable(),
  rows: z
    .array(
      z.strictObject({
        rowNo: z.int().min(1),
        cells: z.array(z.string()),
        person: z
          .strictObject({
            phone: z.string(),
            isUnusual: z.boolean(),
            country: z.string().nullable(),
            displayName: z.string().nullable(),
            fields: z.record(z.string(), z.string()),
            tags: z.array(z.string()),
            consent: z.enum(["granted", "withdrawn"]).nullable(),
          })
          .nullable(),
        refusal: z.strictObject({ reason: z.enum(refusalCodes), sentence: z.string() }).nullable(),
      }),
    )
    .max(triedRows),
});

export const presentTry = ({ columns, rows, ...rest }: ImportTry): z.input<typeof TryAnswer> => ({
  ...rest,
  columns: [...columns],
  rows: rows.map(({ cells, person, ...row }) => ({ ...row, cells: [...cells], person: person && { ...person, tags: [...person.tags] } })),
});
