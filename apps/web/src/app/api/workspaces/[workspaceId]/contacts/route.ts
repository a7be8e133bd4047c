import { ListContactsInput, listContacts } from "@herald/contacts";
import { ContactsAnswer, presentContacts } from "../../../../../doors/answers/people.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../doors/index.ts";

/** GET: a page of people, newest first, by search and filters. */
export const GET = door({
  auth: "member",
  action: "contacts.read",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  query: ListContactsInput,
  input: ({ query }) => query,
  verb: listContacts,
  answer: ContactsAnswer,
  present: presentContacts,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
