import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import type { Sender } from "./sender-standing.ts";

const columns =
  `sender_id, display_number, verified_name, status, quality, cap_per_second, effective_per_second, plan_source, plan_level, plan_checked_at,
  plan_problem, plan_share, rest_until, rest_code, breaker_opened_at, source_id, source_name, source_mode, source_status, token_expires_at, templates_synced_at,
  templates_problem, messaging_limit, places_taken, is_counting_places, is_stopped, is_workspace_stopped, is_deployment_stopped, stopped_at, stopped_by,
  stop_note, open_blocks, live_campaigns`.replaceAll(/\s+/g, "");

type Row = {
  readonly sender_id: string;
  readonly display_number: string;
  readonly verified_name: string;
  readonly status: string;
  readonly quality: string;
  readonly cap_per_second: number;
  readonly effective_per_second: number;
  readonly plan_source: string;
  readonly plan_level: string;
  readonly plan_checked_at: string | null;
  readonly plan_problem: string | null;
  readonly plan_share: number;
  readonly rest_until: string | null;
  readonly rest_code: string | null;
  readonly breaker_opened_at: string | null;
  readonly source_id: string;
  readonly source_name: string;
  readonly source_mode: string;
  readonly source_status: string;
  readonly token_expires_at: string | null;
  readonly templates_synced_at: string | null;
  readonly templates_problem: string | null;
  readonly messaging_limit: number | null;
  readonly places_taken: number | null;
  readonly is_counting_places: boolean;
  readonly is_stopped: boolean;
  readonly is_workspace_stopped: boolean;
  readonly is_deployment_stopped: boolean;
  readonly stopped_at: string | null;
  readonly stopped_by: string | null;
  readonly stop_note: string | null;
  readonly open_blocks: number;
  readonly live_campaigns: number;
};

const senderOf = (row: Row): Sender => ({
  senderId: row.sender_id,
  displayNumber: row.display_number,
  verifiedName: row.verified_name,
  status: row.status,
  quality: row.quality,
  capPerSecond: row.cap_per_second,
  effectivePerSecond: row.effective_per_second,
  planSource: row.plan_source,
  planLevel: row.plan_level,
  planCheckedAt: row.plan_checked_at,
  planProblem: row.plan_problem,
  planShare: row.plan_share,
  restUntil: row.rest_until,
  restCode: row.rest_code,
  breakerOpenedAt: row.breaker_opened_at,
  source: {
    sourceId: row.source_id,
    name: row.source_name,
    mode: row.source_mode,
    status: row.source_status,
    tokenExpiresAt: row.token_expires_at,
    templatesSyncedAt: row.templates_synced_at,
    templatesProblem: row.templates_problem,
  },
  portfolio: row.messaging_limit === null ? null : { limit: row.messaging_limit, taken: row.places_taken ?? 0 },
  isCountingPlaces: row.is_counting_places,
  isStopped: row.is_stopped,
  isWorkspaceStopped: row.is_workspace_stopped,
  isDeploymentStopped: row.is_deployment_stopped,
  stop: stopOf(row),
  openBlocks: row.open_blocks,
  liveCampaigns: row.live_campaigns,
});

type StopRow = { readonly stopped_at: string | null; readonly stopped_by: string | null; readonly stop_note: string | null };
const stopOf = ({ stopped_at, stopped_by, stop_note }: StopRow): Sender["stop"] =>
  stopped_at === null || stopped_by === null ? null : { at: stopped_at, by: stopped_by, note: stop_note };

/** All numbers of the workspace, by number. */
export async function loadSenders(member: Member): Promise<readonly Sender[]> {
  const rows = await member.db
    .from("sender_lines")
    .select(columns)
    .eq("workspace_id", member.workspaceId)
    .order("display_number")
    .limit(200)
    .overrideTypes<Row[], { merge: false }>();
  return rowsOf(rows).map(senderOf);
}

/** Null: no such number in this workspace. */
export async function loadSender(member: Member, senderId: string): Promise<Sender | null> {
  const rows = await member.db
    .from("sender_lines")
    .select(columns)
    .eq("workspace_id", member.workspaceId)
    .eq("sender_id", senderId)
    .overrideTypes<Row[], { merge: false }>();
  const [row] = rowsOf(rows);
  return row ? senderOf(row) : null;
}

export type WorkspaceStop = {
  readonly isStopped: boolean;
  readonly isDeploymentStopped: boolean;
  readonly stop: Sender["stop"];
  readonly liveCampaigns: number;
};
export async function loadWorkspaceStop(member: Member): Promise<WorkspaceStop> {
  type SwitchRow = StopRow & { readonly is_stopped: boolean; readonly is_deployment_stopped: boolean; readonly live_campaigns: number };
  const rows = await member.db
    .from("workspace_switches")
    .select("is_stopped,is_deployment_stopped,stopped_at,stopped_by,stop_note,live_campaigns")
    .eq("workspace_id", member.workspaceId)
    .overrideTypes<SwitchRow[], { merge: false }>();
  const [row] = rowsOf(rows);
  if (!row) throw new Error("the workspace has no row");
  return {
    isStopped: row.is_stopped,
    isDeploymentStopped: row.is_deployment_stopped,
    stop: stopOf(row),
    liveCampaigns: row.live_campaigns,
  };
}

/** Something of Meta's refusal that stops a number, an account or a template, with its name and what waits for it. */
export type Block = {
  readonly blockId: string;
  readonly scope: "number" | "waba" | "template";
  readonly scopeId: string;
  readonly name: string | null;
  readonly detail: string;
  readonly cause: string;
  readonly code: string | null;
  readonly said: string;
  readonly since: string;
  readonly liftsAt: string | null;
  readonly sourceId: string | null;
  readonly campaigns: number;
  /** The first of them by name. */
  readonly named: readonly { readonly campaignId: string; readonly name: string }[];
};
type BlockRow = {
  readonly block_id: string;
  readonly scope: Block["scope"];
  readonly scope_id: string;
  readonly subject_name: string | null;
  readonly subject_detail: string | null;
  readonly class: string;
  readonly code: string | null;
  readonly detail: string;
  readonly created_at: string;
  readonly lifts_at: string | null;
  readonly source_id: string | null;
  readonly campaigns: number;
};
const mostBlocks = 200;
const mostNamed = 200;

/** The open ones of the workspace, the oldest first; of an account those of its numbers and templates too. */
export async function loadBlocks(member: Member, sourceId: string | null = null): Promise<readonly Block[]> {
  const all = member.db
    .from("open_blocks")
    .select("block_id,scope,scope_id,subject_name,subject_detail,class,code,detail,created_at,lifts_at,source_id,campaigns")
    .eq("workspace_id", member.workspaceId);
  const chosen = sourceId === null ? all : all.eq("source_id", sourceId);
  const rows = rowsOf(await chosen.order("created_at").limit(mostBlocks).overrideTypes<BlockRow[], { merge: false }>());
  if (rows.length === 0) return [];
  const waiting = rowsOf(
    await member.db
      .from("blocked_campaigns")
      .select("block_id,campaign_id,name")
      .eq("workspace_id", member.workspaceId)
      .order("is_held_up", { ascending: false })
      .order("created_at", { ascending: false })
      .limit(mostNamed)
      .overrideTypes<{ readonly block_id: string; readonly campaign_id: string; readonly name: string }[], { merge: false }>(),
  );
  return rows.map((row) => ({
    blockId: row.block_id,
    scope: row.scope,
    scopeId: row.scope_id,
    name: row.subject_name,
    detail: row.subject_detail ?? "",
    cause: row.class,
    code: row.code,
    said: row.detail,
    since: row.created_at,
    liftsAt: row.lifts_at,
    sourceId: row.source_id,
    campaigns: row.campaigns,
    named: waiting.filter(({ block_id }) => block_id === row.block_id).map(({ campaign_id, name }) => ({ campaignId: campaign_id, name })),
  }));
}

export type TemplateLine = {
  readonly templateId: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly syncedAt: string;
};
export const mostTemplates = 500;
export async function loadTemplates(member: Member, sourceId: string): Promise<readonly TemplateLine[]> {
  type TemplateRow = {
    readonly id: string;
    readonly name: string;
    readonly language: string;
    readonly category: string;
    readonly status: string;
    readonly synced_at: string;
  };
  const rows = await member.db
    .from("templates")
    .select("id,name,language,category,status,synced_at")
    .eq("workspace_id", member.workspaceId)
    .eq("source_id", sourceId)
    .order("name")
    .order("language")
    .limit(mostTemplates)
    .overrideTypes<TemplateRow[], { merge: false }>();
  return rowsOf(rows).map(({ id, synced_at, ...row }) => ({ ...row, templateId: id, syncedAt: synced_at }));
}
