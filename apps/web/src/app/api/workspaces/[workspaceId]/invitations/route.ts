import { InviteInput, invite, listInvitations } from "@herald/identity";
import { InvitationLinkAnswer, InvitationsAnswer, presentInvitations, presentLink } from "../../../../../doors/answers/members.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../doors/index.ts";
import { tellPublicUrl } from "../../../../../doors/public-url.ts";

/** GET: invitations that nobody accepted yet. */
export const GET = door({
  auth: "member",
  action: "members.manage",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  input: () => null,
  verb: listInvitations,
  answer: InvitationsAnswer,
  present: presentInvitations,
});

/** POST: invites an address to a role. The answer holds the link, this once. */
export const POST = door({
  auth: "member",
  action: "members.manage",
  workspace: fromPath,
  audit: "member.invited",
  params: WorkspaceParams,
  body: json(InviteInput),
  input: ({ body }) => body,
  verb: invite,
  afterCommit: tellPublicUrl,
  answer: InvitationLinkAnswer,
  present: presentLink,
});

export const { DELETE, OPTIONS, PATCH, PUT } = otherMethods("GET", "POST");
