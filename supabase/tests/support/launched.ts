import { maxChunkEntries } from "@herald/campaign";
import type { WorkspaceId } from "@herald/kernel";
import { aSender, aTemplate, aWorkspace, contacts } from "@herald/testkit";
import type pg from "pg";

/** One tenant with one number, and people who may be written to. Plain ids: the laws are checked below the adapters. */
export type Sending = { readonly workspaceId: WorkspaceId; readonly senderId: string; readonly sourceId: string };
export type Launched = Sending & {
  readonly campaignId: string;
  readonly templateId: string;
  /** In the order of the recipients. */
  readonly messageIds: readonly string[];
};

export async function aSending(
  owner: pg.Pool,
  options: { readonly frequencyCap?: string; readonly capPerSecond?: number } = {},
): Promise<Sending> {
  const { frequencyCap = null, capPerSecond = 1000 } = options;
  const workspaceId = await aWorkspace(owner, { frequencyCap });
  return anotherNumber(owner, workspaceId, capPerSecond);
}

export async function anotherNumber(owner: pg.Pool, workspaceId: WorkspaceId, capPerSecond = 1000): Promise<Sending> {
  const { senderId, sourceId } = await aSender(owner, workspaceId, { capPerSecond });
  return { workspaceId, senderId, sourceId };
}

/** Ids of new people with a phone and marketing consent, sorted. */
export async function people(owner: pg.Pool, workspaceId: WorkspaceId, count: number): Promise<readonly string[]> {
  return (await contacts(owner, workspaceId, count)).map(({ contactId }): string => contactId).toSorted();
}

const historySql = `
  insert into campaign_history (workspace_id, name, status, sender_id, source_id, template_id, frozen_template, audience, variables, expires_at)
  select t.workspace_id, 'Campaign', 'queued', $2, t.source_id, t.id, $4::jsonb, jsonb_build_object('contactIds', $3::uuid[]),
    '{"body.1": {"from": "field", "field": "first_name"}}', clock_timestamp() + interval '72 hours'
  from templates t where t.id = $1 returning id`;
const controlsSql = `
  insert into campaign_controls (campaign_id, workspace_id, sender_id, source_id, template_id, is_marketing, marketing_cap, is_priority)
  select h.id, h.workspace_id, h.sender_id, h.source_id, h.template_id, t.category = 'MARKETING', case t.category when 'MARKETING' then w.frequency_cap end, $2
  from campaign_history h join templates t on t.id = h.template_id join workspaces w on w.id = h.workspace_id where h.id = $1`;
const chunksSql = `
  insert into campaign_chunks (workspace_id, campaign_id, chunk_no, entry_count, entries)
  select $1, $2, (nth - 1) / $4::int, count(*), jsonb_agg(jsonb_build_object('to', jsonb_build_object('channel', a.channel, 'kind', a.kind, 'value', a.value),
    'parameters', '{"body": [{"name": "1", "value": "Ana"}]}'::jsonb) order by nth)
  from unnest($3::uuid[]) with ordinality c(id, nth) join contact_addresses a on a.contact_id = c.id group by (nth - 1) / $4::int`;
const messagesSql = `
  insert into campaign_messages (workspace_id, campaign_id, contact_id, chunk_no, entry_no, next_at)
  select $1, $2, c.id, (nth - 1) / $4::int, (nth - 1) % $4::int, clock_timestamp() - interval '1 hour'
  from unnest($3::uuid[]) with ordinality c(id, nth) order by nth returning id`;
const sealSql = "update campaign_history set planned = $2, chunk_count = $3, frozen_at = clock_timestamp() where id = $1";

/** A campaign as the launch verb leaves it, written by the owner in one transaction: history, controls, chunks, messages, seal. */
export async function launched(
  owner: pg.Pool,
  sending: Sending,
  contactIds: readonly string[],
  category: "MARKETING" | "UTILITY" = "MARKETING",
  isPriority = false,
): Promise<Launched> {
  const { workspaceId, senderId, sourceId } = sending;
  const { templateId, frozen } = await aTemplate(owner, workspaceId, sourceId, { category });
  const client = await owner.connect();
  try {
    await client.query("begin");
    const { rows: created } = await client.query<{ id: string }>(historySql, [templateId, senderId, contactIds, JSON.stringify(frozen)]);
    const campaignId = created[0]?.id;
    if (campaignId === undefined) throw new Error("the template is not of this workspace");
    await client.query(controlsSql, [campaignId, isPriority]);
    const entries = [workspaceId, campaignId, contactIds, maxChunkEntries];
    await client.query(chunksSql, entries);
    const { rows: messages } = await client.query<{ id: string }>(messagesSql, entries);
    await client.query(sealSql, [campaignId, contactIds.length, Math.ceil(contactIds.length / maxChunkEntries)]);
    await client.query("commit");
    return { ...sending, campaignId, templateId, messageIds: messages.map(({ id }) => id) };
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
