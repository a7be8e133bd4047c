import { readRefusedRows, refusedHeaderText, refusedRowsText } from "@herald/contacts";
import { audited } from "@herald/identity";
import { ImportParams } from "../../../../../../../../doors/ids.ts";
import { door, fromPath, otherMethodsOfFile } from "../../../../../../../../doors/index.ts";

const beginFile = audited(readRefusedRows, ({ batch }) => ({ of: "refused_rows", importBatchId: batch.importBatchId }));

/** GET: the refused rows of an import as a file of the same form, with the reason of each; to be mended and imported again. */
export const GET = door({
  auth: "member",
  action: "contacts.import",
  workspace: fromPath,
  audit: "contacts.refused_rows_downloaded",
  params: ImportParams,
  input: ({ params }) => ({ importBatchId: params.importId, afterRowNo: 0 }),
  verb: beginFile,
  stream: {
    contentType: "text/csv; charset=utf-8",
    fileName: ({ batch }) => `${batch.fileName.replace(/\.csv$/i, "")} - not imported.csv`,
    // one short transaction per page: a slow reader holds none open
    async *parts({ transactions }, { access, input, value }) {
      const { batch } = value;
      yield refusedHeaderText(batch);
      for (let rows = value.rows; rows.length > 0; ) {
        yield refusedRowsText(batch, rows);
        const afterRowNo = rows.at(-1)?.rowNo ?? 0;
        const next = await transactions.run(access, (ctx) => readRefusedRows(ctx, { ...input, afterRowNo }));
        if (!next.ok) throw new Error("the refused rows of an import went away while they were read");
        rows = next.value.rows;
      }
    },
  },
});

export const { DELETE, HEAD, OPTIONS, PATCH, POST, PUT } = otherMethodsOfFile();
