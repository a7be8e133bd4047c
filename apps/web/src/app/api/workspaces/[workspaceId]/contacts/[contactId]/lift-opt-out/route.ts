import { LiftOptOutInput, liftOptOut } from "@herald/contacts";
import { LiftAnswer, presentLift } from "../../../../../../../doors/answers/people.ts";
import { ContactParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../../doors/index.ts";

/** POST: takes back an opt-out that a member recorded; never what the person said. Consent is what it was before. */
export const POST = door({
  auth: "member",
  action: "consent.remove",
  workspace: fromPath,
  audit: "consent.lifted",
  params: ContactParams,
  body: json(LiftOptOutInput),
  input: ({ params, body }) => ({ contactId: params.contactId, ...body }),
  verb: liftOptOut,
  answer: LiftAnswer,
  present: presentLift,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
