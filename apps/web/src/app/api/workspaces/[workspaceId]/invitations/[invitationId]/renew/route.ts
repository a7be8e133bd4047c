import { renewInvitation } from "@herald/identity";
import { InvitationLinkAnswer, presentLink } from "../../../../../../../doors/answers/members.ts";
import { InvitationParams } from "../../../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../../../doors/index.ts";
import { tellPublicUrl } from "../../../../../../../doors/public-url.ts";

/** POST: another link for an open invitation, for seven days from now; the former one stops working. */
export const POST = door({
  auth: "member",
  action: "members.manage",
  workspace: fromPath,
  audit: "invitation.renewed",
  params: InvitationParams,
  input: ({ params }) => ({ invitationId: params.invitationId }),
  verb: renewInvitation,
  afterCommit: tellPublicUrl,
  answer: InvitationLinkAnswer,
  present: presentLink,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
