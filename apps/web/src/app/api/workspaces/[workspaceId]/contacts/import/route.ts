import { importContacts, noteCancelledImport } from "@herald/contacts";
import { ImportAnswer, ImportProgress, presentImport, presentProgress } from "../../../../../../doors/answers/contacts.ts";
import { WorkspaceParams } from "../../../../../../doors/ids.ts";
import { ImportQuery, importInputOf, memberOf } from "../../../../../../doors/import-query.ts";
import { door, fromPath, otherMethods, upload } from "../../../../../../doors/index.ts";

/**
 * POST: imports people from a CSV file, sent as it is. Rows that cannot be taken are kept with their reason; a broken file writes nothing.
 * With `Accept: application/x-ndjson` it tells how far it is; whoever goes away cancels it, and nothing is written.
 */
export const POST = door({
  auth: "member",
  action: "contacts.import",
  workspace: fromPath,
  audit: "contacts.imported",
  params: WorkspaceParams,
  query: ImportQuery,
  body: upload("text/csv", { maxBytes: 100_000_000 }),
  watched: {
    progress: ImportProgress,
    whenLeft: (ctx, { query }) => noteCancelledImport(ctx, query),
  },
  input: ({ query, body }, { tell }) => ({
    ...importInputOf(query),
    content: body.content(),
    onProgress: (progress) => tell((elapsedMs) => presentProgress(progress, elapsedMs)),
  }),
  nameOf: memberOf,
  verb: importContacts,
  answer: ImportAnswer,
  present: presentImport,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
