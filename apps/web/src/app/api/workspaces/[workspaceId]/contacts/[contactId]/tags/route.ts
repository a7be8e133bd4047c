import { ChangeTagsInput, changeTags } from "@herald/contacts";
import { presentTags, TagsAnswer } from "../../../../../../../doors/answers/people.ts";
import { ContactParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../../doors/index.ts";

/** POST: adds and takes away tags of a person; answers all that are left. */
export const POST = door({
  auth: "member",
  action: "contacts.write",
  workspace: fromPath,
  audit: "contact.tags_changed",
  params: ContactParams,
  body: json(ChangeTagsInput),
  input: ({ params, body }) => ({ contactId: params.contactId, ...body }),
  verb: changeTags,
  answer: TagsAnswer,
  present: presentTags,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
