import {
  type InvitationId,
  parseInvitationId,
  parseUserId,
  parseWorkspaceId,
  type Role,
  type UserId,
  type WorkspaceId,
} from "@herald/kernel";
import type { AuditEntry } from "../audit/trail.ts";
import { can } from "../can.ts";
import type { IdentityCtx } from "../ctx.ts";
import type { FoundInvitation, InvitationLink, VisitorCtx } from "../invitations/ports.ts";
import type { Settings } from "../settings/settings.ts";

const must = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error("not there");
  return value;
};
const uuid = (no: number): string => `00000000-0000-4000-8000-${String(no).padStart(12, "0")}`;

type Kept = FoundInvitation & { readonly token: string; readonly invitedByUser: UserId };
type Written = { readonly action: string; readonly resource: string; readonly detail: Readonly<Record<string, unknown>> };

/** One workspace's members, invitations and settings in memory, as the ports describe them, with everything written left open to look at. */
export class HouseInMemory {
  readonly workspaceId: WorkspaceId = must(parseWorkspaceId(uuid(1)));
  readonly members = new Map<UserId, Role>();
  readonly emails = new Map<UserId, string>();
  readonly invitations = new Map<InvitationId, Kept>();
  readonly audit: Written[] = [];
  entries: readonly AuditEntry[] = [];
  settings: Settings = { name: "Shop", defaultCountry: "AE", frequencyCapHours: 24, maxRecipients: 10_000, onlyAdminsSend: false };
  nowMs = 1_700_000_000_000;
  #next = 100;

  person(email: string, role?: Role): UserId {
    const userId = must(parseUserId(uuid(this.#next++)));
    this.emails.set(userId, email);
    if (role) this.members.set(userId, role);
    return userId;
  }

  /** `role`: what the session says, which may be older than what is written. */
  as(userId: UserId, role: Role = this.members.get(userId) ?? "viewer"): IdentityCtx {
    const actor = { kind: "user", userId, role } as const;
    return {
      actor,
      workspaceId: this.workspaceId,
      nowMs: this.nowMs,
      allows: (action) => can(actor, action, this.settings),
      members: {
        list: async () =>
          [...this.members].map(([id, held]) => ({ userId: id, role: held, email: this.emails.get(id) ?? null, sinceMs: 0 })),
        hold: async () => [...this.members].map(([id, held]) => ({ userId: id, role: held })),
        setRole: async (id, change) => {
          this.members.set(id, change.to);
          this.#note("member.role_changed", id, change);
        },
        remove: async (id, was) => {
          this.members.delete(id);
          this.#note(id === userId ? "member.left" : "member.removed", id, was);
        },
      },
      invitations: {
        listOpen: async () =>
          this.#open().map((one) => ({ ...one, invitedBy: this.emails.get(one.invitedByUser) ?? null, createdAtMs: 0 })),
        isMember: async (email) => [...this.members.keys()].some((id) => this.emails.get(id) === email),
        findLive: async (email) => this.#live(email)?.invitationId ?? null,
        open: async (wanted) => {
          if (this.#live(wanted.email)) return null;
          const invitationId = must(parseInvitationId(uuid(this.#next++)));
          return this.#keep({ ...wanted, invitationId }, userId, "member.invited");
        },
        hold: async (id) => this.#open().find(({ invitationId }) => invitationId === id) ?? null,
        renew: async (invitation) => this.#keep(invitation, userId, "invitation.renewed"),
        revoke: async ({ invitationId, role: to }) => {
          this.invitations.delete(invitationId);
          this.#note("invitation.revoked", invitationId, { role: to });
        },
        revokeOf: async (id, roles) => {
          const theirs = this.#open().filter((one) => one.invitedByUser === id && roles.includes(one.role));
          for (const { invitationId } of theirs) this.invitations.delete(invitationId);
          return theirs.length;
        },
      },
      settings: {
        read: async () => this.settings,
        hold: async () => this.settings,
        write: async (after, change) => {
          this.settings = after;
          this.#note("workspace.settings_changed", this.workspaceId, change);
        },
      },
      auditTrail: {
        page: async ({ before, action, limit }) =>
          this.entries
            .filter(
              (one) => (before === undefined || BigInt(one.entryId) < BigInt(before)) && (action === undefined || one.action === action),
            )
            .slice(0, limit),
        noteDownload: async (download) =>
          download.of === "recipients"
            ? this.#note("recipients.exported", download.campaignId, {})
            : this.#note("contacts.refused_rows_downloaded", download.importBatchId, {}),
      },
    };
  }

  visitor(userId: UserId): VisitorCtx {
    return {
      userId,
      email: this.emails.get(userId) ?? null,
      nowMs: this.nowMs,
      doorstep: {
        find: async (token) => {
          const found = [...this.invitations.values()].find((one) => one.token === token);
          return found ? { ...found, memberAs: this.members.get(userId) ?? null } : null;
        },
        join: async ({ invitationId, role }) => {
          this.invitations.set(invitationId, { ...must(this.invitations.get(invitationId)), acceptedBy: userId });
          if (!this.members.has(userId)) this.members.set(userId, role);
          this.#note("invitation.accepted", invitationId, { role });
        },
      },
    };
  }

  #open(): readonly Kept[] {
    return [...this.invitations.values()].filter(({ acceptedBy }) => acceptedBy === null);
  }

  #live(email: string): Kept | undefined {
    return this.#open().find((one) => one.email === email && one.expiresAtMs > this.nowMs);
  }

  #keep(invitation: Omit<InvitationLink, "token">, invitedByUser: UserId, action: string): InvitationLink {
    const link = { ...invitation, token: `token-${this.#next++}` };
    const facts = { workspaceId: this.workspaceId, workspaceName: this.settings.name, acceptedBy: null, memberAs: null };
    this.invitations.set(link.invitationId, { ...link, ...facts, invitedByUser });
    this.#note(action, link.invitationId, { role: link.role });
    return link;
  }

  #note(action: string, resource: string, detail: Readonly<Record<string, unknown>>): void {
    this.audit.push({ action, resource, detail });
  }
}
