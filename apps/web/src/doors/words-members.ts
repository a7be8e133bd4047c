import type { AcceptProblem, InviteProblem, LookProblem, MemberProblem } from "@herald/identity";
import type { NotAllowed, NotFound } from "@herald/kernel";
import type { EmailUnconfirmed, SignUpRefused } from "./failures.ts";
import type { Words } from "./problem.ts";

type Failure =
  | Exclude<MemberProblem | InviteProblem | LookProblem | AcceptProblem, NotAllowed | NotFound>
  | SignUpRefused
  | EmailUnconfirmed;

const another = "Ask whoever invited you for a new link.";

/** What the doors of members and invitations refuse. Nothing here tells whether an address has an account. */
export const membersWords: { readonly [Type in Failure["type"]]: (failure: Extract<Failure, { type: Type }>) => Words } = {
  last_owner: () => ({
    status: 409,
    title: "The last owner stays",
    detail: "A workspace always has an owner, and there is no other one.",
    cure: "Make somebody else an owner first.",
  }),
  role_too_high: ({ role, own }) => ({
    status: 403,
    title: "Above your role",
    detail: `You are ${own} here; what concerns the role ${role} is decided by somebody who has it.`,
    cure: `Ask an ${role} of the workspace.`,
    facts: { role, own },
  }),
  already_member: () => ({
    status: 409,
    title: "A member already",
    detail: "This address belongs to a member of the workspace.",
    cure: "Change the role in the list of members instead.",
  }),
  already_invited: ({ invitationId }) => ({
    status: 409,
    title: "Invited already",
    detail: "There is an open invitation for this address.",
    cure: "Make a new link for it, or revoke it and invite again with another role.",
    facts: { invitationId },
  }),
  invitation_unknown: () => ({
    status: 404,
    title: "This link does not work",
    detail: "It was revoked, replaced by a newer one, or not copied whole.",
    cure: another,
  }),
  invitation_used: () => ({
    status: 410,
    title: "This link was used",
    detail: "A link works once.",
    cure: "If it was you who used it, sign in. Else ask whoever invited you for a new link.",
  }),
  invitation_expired: () => ({ status: 410, title: "This link has expired", detail: "A link works for seven days.", cure: another }),
  invitation_foreign: () => ({
    status: 403,
    title: "An invitation for somebody else",
    detail: "It was made for another address than the one you are signed in with.",
    cure: "Sign out, and open the link again as the person it was made for.",
  }),
  sign_up_refused: () => ({
    status: 409,
    title: "No account was made",
    detail: "An account for this address cannot be made with this password.",
    cure: "If you have signed in to Herald before, sign in with the password you have. Else choose another password.",
  }),
  email_unconfirmed: () => ({
    status: 409,
    title: "One step left",
    detail: "The address has to be confirmed before anybody can sign in with it.",
    cure: "Open the mail that the sign-in service sent, then open this link again and sign in.",
  }),
};
