import { EditContactInput, editContact } from "@herald/contacts";
import { EditedAnswer, presentEdited } from "../../../../../../doors/answers/people.ts";
import { ContactParams } from "../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../doors/index.ts";

/** PATCH: changes the name or fields of a person; what is not named stays. */
export const PATCH = door({
  auth: "member",
  action: "contacts.write",
  workspace: fromPath,
  audit: "contact.edited",
  params: ContactParams,
  body: json(EditContactInput),
  input: ({ params, body }) => ({ contactId: params.contactId, ...body }),
  verb: editContact,
  answer: EditedAnswer,
  present: presentEdited,
});

export const { DELETE, GET, OPTIONS, POST, PUT } = otherMethods("PATCH");
