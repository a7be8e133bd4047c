import type { InvitationEntry, InvitationLink, Joined, MemberEntry, Membership, Settings } from "@herald/identity";
import { roles } from "@herald/kernel";
import { z } from "zod";
import { isoOf, time } from "./times.ts";

const role = z.enum(roles);

export const MemberAnswer = z.strictObject({ userId: z.uuid(), role });
export const presentMember = ({ userId, role }: Membership): z.input<typeof MemberAnswer> => ({ userId, role });

export const MembersAnswer = z.strictObject({
  members: z.array(z.strictObject({ userId: z.uuid(), role, email: z.string().nullable(), since: time })),
});
export const presentMembers = (members: readonly MemberEntry[]): z.input<typeof MembersAnswer> => ({
  members: members.map(({ sinceMs, ...member }) => ({ ...member, since: isoOf(sinceMs) })),
});

const Invitation = z.strictObject({ invitationId: z.uuid(), email: z.string(), role, expiresAt: time });
export const InvitationsAnswer = z.strictObject({
  invitations: z.array(Invitation.extend({ invitedBy: z.string().nullable(), createdAt: time })),
});
export const presentInvitations = (invitations: readonly InvitationEntry[]): z.input<typeof InvitationsAnswer> => ({
  invitations: invitations.map(({ invitationId, email, role, expiresAtMs, invitedBy, createdAtMs }) => ({
    invitationId,
    email,
    role,
    expiresAt: isoOf(expiresAtMs),
    invitedBy,
    createdAt: isoOf(createdAtMs),
  })),
});

/** `link`: shown this once. What follows the `#` stays in the browser: no server, proxy or `Referer` ever has the token. */
export const InvitationLinkAnswer = Invitation.extend({ link: z.url() });
export const presentLink = (
  { invitationId, email, role, expiresAtMs, token }: InvitationLink,
  publicUrl: URL,
): z.input<typeof InvitationLinkAnswer> => ({
  invitationId,
  email,
  role,
  expiresAt: isoOf(expiresAtMs),
  link: new URL(`/invite#${token}`, publicUrl).href,
});
export const RevokedAnswer = z.strictObject({ invitationId: z.uuid() });

export const LookAnswer = z.strictObject({ workspaceName: z.string(), email: z.string(), role, expiresAt: time });
export const JoinedAnswer = z.strictObject({ workspaceId: z.uuid(), workspaceName: z.string(), role, isNew: z.boolean() });
export const presentJoined = (joined: Joined): z.input<typeof JoinedAnswer> => ({ ...joined });

export const SettingsAnswer = z.strictObject({
  name: z.string(),
  defaultCountry: z.string().nullable(),
  frequencyCapHours: z.int().nullable(),
  maxRecipients: z.int(),
  onlyAdminsSend: z.boolean(),
});
export const presentSettings = (settings: Settings): z.input<typeof SettingsAnswer> => ({ ...settings });
