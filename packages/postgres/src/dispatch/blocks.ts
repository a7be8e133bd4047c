import type { Block, BlockPort } from "@herald/campaign";
import { msOf, one, oneOrNone } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

// what a block reaches is named by the ids that a campaign's grants look it up by
const openSql = `
  select b.id as "blockId", b.scope, b.scope_id as "scopeId", b.class, b.code, b.detail, ${msOf("b.created_at")} as "sinceMs",
    (select count(*)::int from campaign_controls c join campaign_history h on h.id = c.campaign_id
     where h.status in ('scheduled', 'queued', 'sending', 'paused')
       and b.scope_id = case b.scope when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end) as campaigns
  from blocks b where b.cured_at is null order by b.created_at, b.id`;

export function createBlocks({ sql, audit }: UnitOfWork): BlockPort {
  return {
    open: () => sql<Block>(openSql),
    async cure(blockId, note) {
      if (!(await oneOrNone(sql, "select id from blocks where id = $1", [blockId]))) return null;
      const { freed } = await one<{ freed: number }>(sql, "select herald.cure_block_as_member($1) as freed", [blockId]);
      await audit.write({ action: "block.cured", resourceKind: "block", resourceId: blockId, detail: { freed, note } });
      return freed;
    },
  };
}
