import type { CampaignCtx } from "@herald/campaign";
import type { ContactsCtx, PeopleCtx } from "@herald/contacts";
import type { IdentityCtx } from "@herald/identity";
import type { Actor, UserId, WorkspaceId } from "@herald/kernel";
import type { Sql } from "../connect/sql.ts";
import type { AuditPort } from "./audit.ts";
import type { IdempotencyPort } from "./idempotency.ts";

/** What an adapter of a verb's port works with: one transaction of one person in one workspace. */
export type UnitOfWork = {
  readonly sql: Sql;
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
  readonly audit: AuditPort;
  /** Tells that consent was taken away: the commit will then wait for grants that checked before (law L7). */
  readonly onConsentTaken: () => void;
};

/** The ports of every verb, bound to one transaction. The container adds `allows`, which is a rule and no port. */
export type VerbPorts = Omit<CampaignCtx, "allows"> &
  Omit<ContactsCtx, "allows"> &
  Omit<PeopleCtx, "allows"> &
  Omit<IdentityCtx, "allows"> & {
    readonly actor: Actor;
    readonly workspaceId: WorkspaceId;
    readonly audit: AuditPort;
    readonly idempotency: IdempotencyPort;
  };
