import { randomUUID } from "node:crypto";
import { aMember } from "@herald/testkit";
import type pg from "pg";
import { grant, handedOut, merge, receipt, record, result, takeOver } from "./engine.ts";
import { aSending, type Launched, launched, people } from "./launched.ts";

export type Tenant = Launched & { readonly userId: string };

const restSql = [
  "insert into portfolios (workspace_id, provider, provider_portfolio_id) values ($1, 'meta', gen_random_uuid()::text)",
  "insert into portfolio_reservations (portfolio_id, contact_id, workspace_id, message_id, expires_at) select id, gen_random_uuid(), workspace_id, 1, now() from portfolios where workspace_id = $1",
  "insert into provider_words (workspace_id, subject_id, topic, at, stops, word) values ($1, gen_random_uuid(), 'status', now(), true, 'PAUSED')",
  "insert into invitations (workspace_id, email, role, token_hash, invited_by, expires_at) values ($1, 'ana@example.com', 'member', gen_random_uuid()::text::bytea, gen_random_uuid(), now() + interval '1 day')",
  "insert into audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id) values ($1, 'system', 'test', 'test', 'test', 'test')",
  "insert into idempotency_keys (workspace_id, route, key, body_hash, answer) values ($1, 'test', 'key', 'hash', '{}')",
  "insert into blocks (workspace_id, scope, scope_id, class, cured_at) values ($1, 'number', gen_random_uuid(), 'TEST', now())",
  "insert into overflow_set_aside (workspace_id, overflow_id) values ($1, 'test')",
  "insert into import_batches (workspace_id, file_name, mapping) values ($1, 'people.csv', '{}')",
  "insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells) select workspace_id, id, 1, 'test', '[]' from import_batches where workspace_id = $1",
  "insert into cancelled_imports (workspace_id, file_name) values ($1, 'people.csv')",
  "insert into contact_tags (workspace_id, contact_id, tag) select workspace_id, id, 'test' from contacts where workspace_id = $1",
  "insert into campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked) select workspace_id, id, now(), 1, 0, 1 from campaign_history where workspace_id = $1",
  "insert into campaign_changes (workspace_id, campaign_id) select workspace_id, id from campaign_history where workspace_id = $1",
  "insert into recipient_lists (workspace_id, name) values ($1, 'Everybody')",
  "insert into campaign_drafts (workspace_id, created_by, updated_by) values ($1, gen_random_uuid(), gen_random_uuid())",
  "insert into recipient_list_members (workspace_id, recipient_list_id, contact_id) select l.workspace_id, l.id, c.id from recipient_lists l join contacts c using (workspace_id) where l.workspace_id = $1",
];

/** A workspace with at least one row in every table that belongs to a workspace, made by the engine's own functions where it has them. */
export async function populated(owner: pg.Pool, engine: pg.Client): Promise<Tenant> {
  const sending = await aSending(owner, { frequencyCap: "24 hours" });
  const { workspaceId, senderId } = sending;
  const { userId } = await aMember(owner, workspaceId, "member");
  const campaign = await launched(owner, sending, await people(owner, workspaceId, 4));
  const epoch = await takeOver(engine, workspaceId, campaign.campaignId);
  const handed = handedOut(await grant(engine, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch, want: 2 }] }));
  await record(
    engine,
    workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  await merge(engine, workspaceId, [
    receipt({ messageId: "0", attempt: 0 }, "read", { messageId: null, attempt: null, providerMessageId: `wamid.${randomUUID()}` }),
  ]);
  const inbound = {
    providerMessageId: `wamid.${randomUUID()}`,
    inboxId: 1,
    atMs: Date.now(),
    from: [{ channel: "whatsapp", kind: "bsuid", value: randomUUID() }],
    type: "text",
    isStop: true,
  };
  await engine.query("select herald.record_inbound($1, $2, $3)", [workspaceId, senderId, JSON.stringify(inbound)]);
  for (const statement of restSql) await owner.query(statement, [workspaceId]);
  return { ...campaign, userId };
}
