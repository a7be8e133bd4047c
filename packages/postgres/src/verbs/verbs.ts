import type { DoorstepCtx } from "@herald/identity";
import type { Actor, CampaignId, Role, UserId, WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { createAudiences } from "../audience/audiences.ts";
import { createDrafts } from "../compose/drafts.ts";
import { createSenders } from "../compose/senders.ts";
import { createTemplates } from "../compose/templates.ts";
import { type ConnectionConfig, createPool } from "../connect/config.ts";
import { inTurn, msOf, one, type Sql, sqlOf } from "../connect/sql.ts";
import { inTransaction } from "../connect/transaction.ts";
import { createContacts } from "../contacts/contacts.ts";
import { createImports } from "../contacts/imports.ts";
import { createBlocks } from "../dispatch/blocks.ts";
import { createCalendar } from "../dispatch/calendar.ts";
import { createControls } from "../dispatch/controls.ts";
import { createSwitches } from "../dispatch/switches.ts";
import { createCampaigns } from "../freeze/campaigns.ts";
import { createDecisions } from "../ledger/decisions.ts";
import { createCampaignList } from "../report/campaign-list.ts";
import { createRecipients } from "../report/recipients.ts";
import { createReports } from "../report/reports.ts";
import { createAudit } from "./audit.ts";
import type { UnitOfWork, VerbPorts } from "./ctx.ts";
import { createIdempotency } from "./idempotency.ts";
import { createMembers } from "./members.ts";
import { createAuditTrail } from "./members-audit.ts";
import { createDoorstep, type Visitor } from "./members-doorstep.ts";
import { createInvitations } from "./members-invitations.ts";
import { createSettings } from "./members-settings.ts";

export type Membership = {
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly role: Role;
  readonly onlyAdminsSend: boolean;
};

/** Role herald_verbs: what members do, each verb in one transaction that sees one workspace. */
export type Verbs = {
  /**
   * Commits unless `work` throws or answers a Result that is not ok: then nothing of it stays.
   * Row-level security proves that the user is a member of the workspace; to anybody else it is empty.
   */
  readonly inTransaction: <T>(
    actor: Actor,
    workspaceId: WorkspaceId,
    work: (ports: VerbPorts) => Promise<T>,
    /** `maxMs`: for an import of a large file, which may need longer than the role's 30 s. `signal`: ends the work within moments, and nothing of it stays. */
    options?: { readonly maxMs?: number; readonly signal?: AbortSignal | undefined },
  ) => Promise<T>;
  /** Before somebody belongs to a workspace: one transaction of that person, or of nobody, which reaches what a token opens and nothing else. */
  readonly onDoorstep: <T>(visitor: Visitor, work: (ctx: DoorstepCtx) => Promise<T>) => Promise<T>;
  readonly memberships: (userId: UserId) => Promise<readonly Membership[]>;
  /** Null: not a member, or no such workspace. */
  readonly membershipOf: (userId: UserId, workspaceId: WorkspaceId) => Promise<Membership | null>;
  /** The workspace of a campaign, to its members; unknown and foreign alike null. */
  readonly workspaceOfCampaign: (userId: UserId, campaignId: CampaignId) => Promise<WorkspaceId | null>;
  readonly isReachable: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export function createVerbs(config: ConnectionConfig & { readonly maxConnections?: number }): Verbs {
  const pool = createPool(config, config.maxConnections ?? 10);
  return {
    inTransaction(actor, workspaceId, work, options) {
      if (actor.kind !== "user") throw new Error(`an actor of kind ${actor.kind} cannot act through verbs`);
      return inTransaction(pool, (sql) => runVerb(inTurn(sql), actor, workspaceId, work), { mayCommit: isNoFailure, ...options });
    },
    onDoorstep: (visitor, work) => inTransaction(pool, (sql) => receive(inTurn(sql), visitor, work), { mayCommit: isNoFailure }),
    memberships: (userId) => memberships(pool, userId),
    membershipOf: async (userId, workspaceId) => (await memberships(pool, userId)).find((one) => one.workspaceId === workspaceId) ?? null,
    workspaceOfCampaign: (userId, campaignId) =>
      asUser(
        pool,
        userId,
        async (sql) =>
          (await one<{ workspaceId: WorkspaceId | null }>(sql, `select herald.workspace_of_campaign($1) as "workspaceId"`, [campaignId]))
            .workspaceId,
      ),
    isReachable: () =>
      sqlOf(pool)("select 1").then(
        () => true,
        () => false,
      ),
    close: () => pool.end(),
  };
}

const isNoFailure = (value: unknown): boolean => !(typeof value === "object" && value !== null && "ok" in value && value.ok === false);

type UserActor = Extract<Actor, { kind: "user" }>;

async function runVerb<T>(sql: Sql, actor: UserActor, workspaceId: WorkspaceId, work: (ports: VerbPorts) => Promise<T>): Promise<T> {
  let takesConsentAway = false;
  const ports = await bind(sql, actor, workspaceId, () => {
    takesConsentAway = true;
  });
  const value = await work(ports);
  // last of all: it waits for grants that checked before, and keeps the next ones waiting until the commit (law L7)
  if (takesConsentAway && isNoFailure(value)) await sql("select herald.lock_consent($1)", [workspaceId]);
  return value;
}

async function bind(sql: Sql, actor: UserActor, workspaceId: WorkspaceId, onConsentTaken: () => void): Promise<VerbPorts> {
  const { nowMs } = await one<{ nowMs: number }>(
    sql,
    `select ${msOf("now()")} as "nowMs", set_config('request.jwt.claims', $1, true), herald.enter_workspace($2)`,
    [claimsOf(actor.userId), workspaceId],
  );
  const audit = createAudit(sql, workspaceId, actor.userId);
  const work: UnitOfWork = { sql, userId: actor.userId, workspaceId, audit, onConsentTaken };
  return {
    actor,
    workspaceId,
    nowMs,
    audit,
    idempotency: createIdempotency(sql, workspaceId),
    senders: createSenders(sql),
    templates: createTemplates(sql),
    drafts: createDrafts(work),
    audiences: createAudiences(sql),
    campaigns: createCampaigns(work),
    controls: createControls(work),
    switches: createSwitches(work),
    blocks: createBlocks(work),
    decisions: createDecisions(work),
    calendar: createCalendar(work),
    reports: createReports(sql),
    recipients: createRecipients(sql),
    campaignList: createCampaignList(sql),
    contacts: createContacts(work),
    imports: createImports(work),
    members: createMembers(work),
    invitations: createInvitations(work),
    settings: createSettings(work),
    auditTrail: createAuditTrail(work),
  };
}

async function receive<T>(sql: Sql, visitor: Visitor, work: (ctx: DoorstepCtx) => Promise<T>): Promise<T> {
  const { nowMs } = await one<{ nowMs: number }>(sql, `select ${msOf("now()")} as "nowMs", set_config('request.jwt.claims', $1, true)`, [
    visitor ? JSON.stringify({ sub: visitor.userId, email: visitor.email, role: "authenticated" }) : "",
  ]);
  return work({ nowMs, doorstep: createDoorstep(sql, visitor) });
}

const claimsOf = (userId: UserId): string => JSON.stringify({ sub: userId, role: "authenticated" });

/** Reads that come before a workspace is chosen. */
function asUser<T>(pool: pg.Pool, userId: UserId, read: (sql: Sql) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (sql) => {
    await sql("select set_config('request.jwt.claims', $1, true)", [claimsOf(userId)]);
    return read(sql);
  });
}

const membershipsSql = `
  select workspace_id as "workspaceId", name, role, only_admins_send as "onlyAdminsSend" from herald.my_memberships() order by name, workspace_id`;

const memberships = (pool: pg.Pool, userId: UserId): Promise<readonly Membership[]> =>
  asUser(pool, userId, (sql) => sql<Membership>(membershipsSql));
