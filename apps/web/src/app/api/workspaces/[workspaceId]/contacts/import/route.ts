import { importContacts } from "@herald/contacts";
import { ImportAnswer, presentImport } from "../../../../../../doors/answers/contacts.ts";
import { WorkspaceParams } from "../../../../../../doors/ids.ts";
import { door, fromPath, upload } from "../../../../../../doors/index.ts";
import { ImportQuery, importInputOf } from "./query.ts";

/** POST: imports people from a CSV file, sent as it is. Rows that cannot be taken are kept with their reason; a broken file writes nothing. */
export const POST = door({
  auth: "member",
  action: "contacts.import",
  workspace: fromPath,
  audit: "contacts.imported",
  params: WorkspaceParams,
  query: ImportQuery,
  body: upload("text/csv", { maxBytes: 100_000_000 }),
  input: ({ query, body }) => ({ ...importInputOf(query), content: body.content() }),
  verb: importContacts,
  answer: ImportAnswer,
  present: presentImport,
});
