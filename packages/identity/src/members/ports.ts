import type { Role, UserId } from "@herald/kernel";

export type Membership = { readonly userId: UserId; readonly role: Role };
export type MemberEntry = Membership & {
  /** As Auth knows it; null once the account is gone. */
  readonly email: string | null;
  readonly sinceMs: number;
};

/** Who belongs to the workspace. Each change writes its audit entry in the same transaction. */
export type MemberPort = {
  /** Owners first, then by e-mail. */
  readonly list: () => Promise<readonly MemberEntry[]>;
  /**
   * Everybody, held until the transaction ends: whoever changes members next waits, and then sees what became of them.
   * Without it two owners could demote each other at the same moment, and a removed admin could still invite.
   */
  readonly hold: () => Promise<readonly Membership[]>;
  /** Audit `member.role_changed`. */
  readonly setRole: (
    userId: UserId,
    change: { readonly from: Role; readonly to: Role; readonly invitationsRevoked: number },
  ) => Promise<void>;
  /** Audit `member.left` for the actor, `member.removed` for anybody else. */
  readonly remove: (userId: UserId, was: { readonly role: Role; readonly invitationsRevoked: number }) => Promise<void>;
};
