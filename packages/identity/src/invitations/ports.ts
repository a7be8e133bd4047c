import type { InvitationId, Role, UserId, WorkspaceId } from "@herald/kernel";

/** An invitation that nobody accepted yet. */
export type OpenInvitation = {
  readonly invitationId: InvitationId;
  /** In lower case. */
  readonly email: string;
  readonly role: Role;
  readonly expiresAtMs: number;
};
/** The one time that the token is known outside the link itself: only its SHA-256 is kept. */
export type InvitationLink = OpenInvitation & { readonly token: string };
export type InvitationEntry = OpenInvitation & { readonly invitedBy: string | null; readonly createdAtMs: number };

/** Open invitations of the workspace. Each change writes its audit entry in the same transaction; no entry holds an address. */
export type InvitationPort = {
  /** Newest first, expired ones too: they can be renewed. */
  readonly listOpen: () => Promise<readonly InvitationEntry[]>;
  readonly isMember: (email: string) => Promise<boolean>;
  /** The invitation for this address that is neither accepted nor expired. */
  readonly findLive: (email: string) => Promise<InvitationId | null>;
  /**
   * Makes a token of 256 random bits and keeps its hash. An expired invitation for the address is replaced; null when a live one exists,
   * also when another request made it at the same moment. Audit `member.invited`.
   */
  readonly open: (invitation: Omit<OpenInvitation, "invitationId">) => Promise<InvitationLink | null>;
  /** Held until the transaction ends; null: none, or accepted. */
  readonly hold: (invitationId: InvitationId) => Promise<OpenInvitation | null>;
  /** Another token; the old one is worth nothing any more. Audit `invitation.renewed`. */
  readonly renew: (invitation: OpenInvitation) => Promise<InvitationLink>;
  /** Audit `invitation.revoked`. */
  readonly revoke: (invitation: OpenInvitation) => Promise<void>;
  /** Revokes the open invitations that this member made to one of these roles; answers how many. */
  readonly revokeOf: (userId: UserId, roles: readonly Role[]) => Promise<number>;
};

/** What a token leads to, whatever became of it. */
export type FoundInvitation = OpenInvitation & {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly acceptedBy: UserId | null;
  /** What the asking person is in the workspace already; null: no member, or nobody is signed in. */
  readonly memberAs: Role | null;
};

/** Before somebody belongs to a workspace: bound to one transaction of one person (or of nobody), and to no workspace. */
export type DoorstepPort = {
  /** `hold`: until the transaction ends, so that two accepts come one after the other. */
  readonly find: (token: string, options: { readonly hold: boolean }) => Promise<FoundInvitation | null>;
  /** Makes the person a member and the invitation used. Refuses by itself what the rules refuse. Audit `invitation.accepted`. */
  readonly join: (invitation: FoundInvitation) => Promise<void>;
};
export type DoorstepCtx = { readonly nowMs: number; readonly doorstep: DoorstepPort };
export type VisitorCtx = DoorstepCtx & { readonly userId: UserId /** As Auth vouches for it. */; readonly email: string | null };
