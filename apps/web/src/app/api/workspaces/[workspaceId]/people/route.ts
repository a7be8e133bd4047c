import { NamePeopleInput, namePeople } from "@herald/campaign";
import { PeopleAnswer, presentPeople } from "../../../../../doors/answers/draft.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../doors/index.ts";

/** GET: who the people are that an audience names one by one (`?contactIds=`, at most 50); whoever is deleted or not of the workspace is left out. */
export const GET = door({
  auth: "member",
  action: "campaign.preview",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  query: NamePeopleInput,
  input: ({ query }) => query,
  verb: namePeople,
  answer: PeopleAnswer,
  present: presentPeople,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
