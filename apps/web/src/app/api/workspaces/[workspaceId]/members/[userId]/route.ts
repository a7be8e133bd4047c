import { ChangeRoleInput, changeRole, removeMember } from "@herald/identity";
import { MemberAnswer, presentMember } from "../../../../../../doors/answers/members.ts";
import { MemberParams } from "../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../doors/index.ts";

/** PATCH: gives a member another role. */
export const PATCH = door({
  auth: "member",
  action: "members.manage",
  workspace: fromPath,
  audit: "member.role_changed",
  params: MemberParams,
  body: json(ChangeRoleInput),
  input: ({ params, body }) => ({ userId: params.userId, ...body }),
  verb: changeRole,
  answer: MemberAnswer,
  present: presentMember,
});

/** DELETE: takes a member out, with the open invitations that the member made. */
export const DELETE = door({
  auth: "member",
  action: "members.manage",
  workspace: fromPath,
  audit: "member.removed",
  params: MemberParams,
  input: ({ params }) => ({ userId: params.userId }),
  verb: removeMember,
  answer: MemberAnswer,
  present: presentMember,
});

export const { GET, OPTIONS, POST, PUT } = otherMethods("DELETE", "PATCH");
