import { leaveWorkspace } from "@herald/identity";
import { MemberAnswer, presentMember } from "../../../../../doors/answers/members.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../doors/index.ts";

/** POST: takes the asking person out of the workspace. */
export const POST = door({
  auth: "member",
  action: "workspace.read",
  workspace: fromPath,
  audit: "member.left",
  params: WorkspaceParams,
  input: () => null,
  verb: leaveWorkspace,
  answer: MemberAnswer,
  present: presentMember,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
