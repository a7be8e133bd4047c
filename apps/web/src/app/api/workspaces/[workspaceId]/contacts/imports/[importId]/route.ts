import { readImport } from "@herald/contacts";
import { KeptImportAnswer, presentKeptImport } from "../../../../../../../doors/answers/contacts.ts";
import { ImportParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../../../doors/index.ts";

/** GET: what became of an import. One that still runs is waited for; 404 then means that nothing of it was written. */
export const GET = door({
  auth: "member",
  action: "contacts.read",
  workspace: fromPath,
  audit: null,
  params: ImportParams,
  input: ({ params }) => ({ importBatchId: params.importId }),
  verb: readImport,
  answer: KeptImportAnswer,
  present: presentKeptImport,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
