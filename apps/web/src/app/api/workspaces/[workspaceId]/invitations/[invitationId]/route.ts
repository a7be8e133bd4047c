import { revokeInvitation } from "@herald/identity";
import { RevokedAnswer } from "../../../../../../doors/answers/members.ts";
import { InvitationParams } from "../../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../../doors/index.ts";

/** DELETE: revokes an open invitation; its link stops working at once. */
export const DELETE = door({
  auth: "member",
  action: "members.manage",
  workspace: fromPath,
  audit: "invitation.revoked",
  params: InvitationParams,
  input: ({ params }) => ({ invitationId: params.invitationId }),
  verb: revokeInvitation,
  answer: RevokedAnswer,
  present: ({ invitationId }) => ({ invitationId }),
});

export const { GET, OPTIONS, PATCH, POST, PUT } = otherMethods("DELETE");
