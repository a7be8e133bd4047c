import { listMembers } from "@herald/identity";
import { MembersAnswer, presentMembers } from "../../../../../doors/answers/members.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../doors/index.ts";

/** GET: who belongs to the workspace, and as what. */
export const GET = door({
  auth: "member",
  action: "workspace.read",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  input: () => null,
  verb: listMembers,
  answer: MembersAnswer,
  present: presentMembers,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
