import { tryImport } from "@herald/contacts";
import { presentTry, TryAnswer } from "../../../../../../../doors/answers/contacts.ts";
import { WorkspaceParams } from "../../../../../../../doors/ids.ts";
import { memberOf, TryQuery, tryInputOf } from "../../../../../../../doors/import-query.ts";
import { door, fromPath, otherMethods, upload } from "../../../../../../../doors/index.ts";

/** POST: the beginning of a CSV file: what an import would make of its first 20 rows. Writes nothing. */
export const POST = door({
  auth: "member",
  action: "contacts.import",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  query: TryQuery,
  body: upload("text/csv", { maxBytes: 1_000_000 }),
  input: ({ query, body }) => ({ ...tryInputOf(query), content: body.content() }),
  nameOf: memberOf,
  verb: tryImport,
  answer: TryAnswer,
  present: presentTry,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
