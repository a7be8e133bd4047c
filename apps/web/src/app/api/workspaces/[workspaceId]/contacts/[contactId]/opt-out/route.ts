import { RecordOptOutInput, recordOptOut } from "@herald/contacts";
import { untilObeyed } from "../../../../../../../doors/after-commit.ts";
import { OptOutAnswer, presentOptOut } from "../../../../../../../doors/answers/people.ts";
import { ContactParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../../doors/index.ts";

/** POST: a person wants no marketing; once this answers, no marketing to the person begins any more (law L7). Saying it again changes nothing. */
export const POST = door({
  auth: "member",
  action: "consent.add",
  workspace: fromPath,
  audit: "consent.withdrawn",
  params: ContactParams,
  body: json(RecordOptOutInput),
  input: ({ params, body }) => ({ contactId: params.contactId, ...body }),
  verb: recordOptOut,
  afterCommit: untilObeyed,
  answer: OptOutAnswer,
  present: presentOptOut,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
