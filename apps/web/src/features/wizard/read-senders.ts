import { cache } from "react";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import type { SenderFacts } from "./model/sender-health.ts";

type NumberRow = {
  readonly id: string;
  readonly source_id: string;
  readonly display_number: string;
  readonly verified_name: string;
  readonly status: string;
  readonly quality: string;
  readonly cap_per_second: number;
  readonly kill_switch: boolean;
};
type SourceRow = { readonly id: string; readonly status: string; readonly portfolio_id: string | null };
type PortfolioRow = { readonly id: string; readonly messaging_limit: number | null; readonly reserved: number };
type HealthRow = { readonly sender_id: string; readonly opened_at: string | null; readonly rest_until: string | null };
type BlockRow = {
  readonly scope_id: string;
  readonly detail: string;
  readonly class: string;
  readonly lifts_at: string | null;
};

/** Every number of the workspace with what is known of its health, the connected ones first. */
export const readSenders = cache(async (member: Member): Promise<readonly SenderFacts[]> => {
  const { db, workspaceId } = member;
  const [numbers, sources, portfolios, health, blocks, workspace] = await Promise.all([
    db
      .from("phone_numbers")
      .select("id, source_id, display_number, verified_name, status, quality, cap_per_second, kill_switch")
      .eq("workspace_id", workspaceId)
      .order("display_number"),
    db.from("sources").select("id, status, portfolio_id").eq("workspace_id", workspaceId),
    db.from("portfolios").select("id, messaging_limit, reserved").eq("workspace_id", workspaceId),
    db.from("number_health").select("sender_id, opened_at, rest_until").eq("workspace_id", workspaceId),
    db
      .from("blocks")
      .select("scope_id, detail, class, lifts_at")
      .eq("workspace_id", workspaceId)
      .is("cured_at", null)
      .in("scope", ["number", "waba"]),
    db.from("workspaces").select("kill_switch").eq("id", workspaceId),
  ]);
  const numberRows: readonly NumberRow[] = rowsOf(numbers);
  const sourceById = byId<SourceRow>(rowsOf(sources), ({ id }) => id);
  const portfolioById = byId<PortfolioRow>(rowsOf(portfolios), ({ id }) => id);
  const healthById = byId<HealthRow>(rowsOf(health), ({ sender_id }) => sender_id);
  const blockRows: readonly BlockRow[] = rowsOf(blocks);
  const blockById = byId(blockRows.filter(isOpen), ({ scope_id }) => scope_id);
  const isWorkspaceKilled = rowsOf(workspace)[0]?.kill_switch === true;
  return numberRows
    .map((number): SenderFacts => {
      const source = sourceById.get(number.source_id);
      const portfolio = portfolioById.get(source?.portfolio_id ?? "");
      const state = healthById.get(number.id);
      const block = blockById.get(number.id) ?? blockById.get(number.source_id);
      const limit = portfolio?.messaging_limit ?? null;
      return {
        senderId: number.id,
        sourceId: number.source_id,
        displayNumber: number.display_number,
        verifiedName: number.verified_name,
        status: number.status,
        sourceStatus: source?.status ?? "disconnected",
        quality: number.quality,
        capPerSecond: number.cap_per_second,
        isKilled: number.kill_switch,
        isWorkspaceKilled,
        isBreakerOpen: (state?.opened_at ?? null) !== null,
        restUntilMs: state?.rest_until ? Date.parse(state.rest_until) : null,
        block: block ? block.detail || block.class : null,
        dayLimit: limit === null ? null : { limit, left: Math.max(0, limit - (portfolio?.reserved ?? 0)) },
      };
    })
    .toSorted((one, other) => Number(other.sourceStatus === "connected") - Number(one.sourceStatus === "connected"));
});

const isOpen = ({ lifts_at }: BlockRow): boolean => lifts_at === null || Date.parse(lifts_at) > Date.now();
const byId = <Row>(rows: readonly Row[], idOf: (row: Row) => string): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [idOf(row), row]));
