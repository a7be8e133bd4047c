import type {
  ConsentLine,
  DecisionEntry,
  FrozenPlace,
  MessageLine,
  RecipientBackground,
  RecipientCampaign,
  ReplyLine,
} from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import type { RecipientParameters } from "@herald/provider";
import { msOf, one, oneOrNone, type Sql } from "../connect/sql.ts";
import { personOf } from "./recipients.sql.ts";

/** Of what may be without end the newest are told. */
const most = 20;

const campaignSql = `
  select h.name, h.status, ${msOf("h.frozen_at")} as "frozenAtMs", ${msOf("h.scheduled_at")} as "scheduledAtMs", ${msOf("h.expires_at")} as "expiresAtMs",
    jsonb_build_object('name', h.frozen_template ->> 'name', 'language', h.frozen_template ->> 'language', 'category', h.frozen_template ->> 'category') as template,
    n.display_number as "senderNumber", n.verified_name as "senderName", ${msOf("c.marketing_cap")} as "frequencyCapMs"
  from campaign_history h join phone_numbers n on n.id = h.sender_id join campaign_controls c on c.campaign_id = h.id where h.id = $1`;

// the row is known where the same import also wrote a consent
const personSql = `
  select c.display_name as "displayName", x.value as address, coalesce(c.status = 'active', false) as "isActive",
    case when b.id is not null then jsonb_build_object('importBatchId', b.id, 'fileName', b.file_name, 'atMs', ${msOf("b.created_at")},
      'rowNo', (select (k.proof ->> 'row')::int from consents k where k.contact_id = c.id and k.proof ->> 'importBatchId' = b.id::text order by k.id limit 1)) end as imported
  from campaign_messages m ${personOf("m")} left join import_batches b on b.id = c.import_batch_id where m.campaign_id = $1 and m.id = $2`;

const listsSql = `
  select l.name, ${msOf("k.added_at")} as "sinceMs" from recipient_list_members k join recipient_lists l on l.id = k.recipient_list_id
  where k.contact_id = $2 and k.recipient_list_id::text in (select jsonb_array_elements_text(h.audience -> 'listIds') from campaign_history h where h.id = $1) order by k.added_at`;
const tagsSql = `
  select k.tag from contact_tags k where k.contact_id = $2 and k.tag in (select jsonb_array_elements_text(h.audience -> 'tags') from campaign_history h where h.id = $1) order by 1`;

const consentsSql = `
  select state, origin, proof, ${msOf("at")} as "atMs" from consents where contact_id = $1 and channel = 'whatsapp' order by id desc limit ${most}`;
const suppressionsSql = `
  select scope, reason, ${msOf("at")} as "atMs" from suppressions where contact_id = $1 and channel = 'whatsapp' order by at desc limit ${most}`;

const lastMarketingSql = `
  select h.id as "campaignId", h.name as "campaignName", ${msOf("k.at")} as "atMs", k.message_id = $2 as "isThisMessage"
  from contact_marketing k join campaign_messages m on m.id = k.message_id join campaign_history h on h.id = m.campaign_id where k.contact_id = $1`;

const frozenSql = `
  select m.chunk_no as "chunkNo", m.entry_no as "entryNo", k.entries -> m.entry_no::int -> 'parameters' as parameters
  from campaign_messages m join campaign_chunks k on k.campaign_id = m.campaign_id and k.chunk_no = m.chunk_no where m.campaign_id = $1 and m.id = $2`;

const decisionsSql = `
  select case action when 'messages.resent' then 'resent' when 'messages.written_off' then 'written_off' else 'cancelled' end as kind, ${msOf("at")} as "atMs",
    case when actor_kind = 'user' then actor_id end as "userId", detail ->> 'note' as note, detail ->> 'what' as what
  from audit_log where resource_kind = 'campaign' and resource_id = $1::text and action in ('messages.resent', 'messages.written_off', 'campaign.cancelled') order by id`;

// what the person wrote to the same number since, besides what answers this very message
const repliesSql = `
  select i.type, ${msOf("i.at")} as "atMs", coalesce(i.message_id = $2, false) as "isAnswer"
  from inbound_messages i join campaign_history h on h.id = $1 and h.sender_id = i.sender_id
  where i.contact_id = $3 and (i.message_id = $2 or i.at >= (select min(a.intent_at) from campaign_attempts a where a.message_id = $2)) order by i.at limit ${most}`;

/** A handful of look-ups by key, one after the other: they share one connection and one transaction. */
export async function readBackground(
  sql: Sql,
  campaignId: CampaignId,
  { messageId, contactId }: MessageLine,
): Promise<RecipientBackground> {
  const campaign = await one<RecipientCampaign>(sql, campaignSql, [campaignId]);
  const person = await one<Pick<RecipientBackground, "displayName" | "address" | "isActive" | "imported">>(sql, personSql, [
    campaignId,
    messageId,
  ]);
  const ofBoth = [campaignId, contactId];
  return {
    campaign,
    ...person,
    lists: await sql<RecipientBackground["lists"][number]>(listsSql, ofBoth),
    tags: (await sql<{ readonly tag: string }>(tagsSql, ofBoth)).map(({ tag }) => tag),
    consents: await sql<ConsentLine>(consentsSql, [contactId]),
    suppressions: await sql<RecipientBackground["suppressions"][number]>(suppressionsSql, [contactId]),
    lastMarketing: await oneOrNone<NonNullable<RecipientBackground["lastMarketing"]>>(sql, lastMarketingSql, [contactId, messageId]),
    frozen: placeOf(await oneOrNone<FrozenRow>(sql, frozenSql, [campaignId, messageId])),
    decisions: await sql<DecisionEntry>(decisionsSql, [campaignId]),
    replies: await sql<ReplyLine>(repliesSql, [campaignId, messageId, contactId]),
  };
}

type FrozenRow = { readonly chunkNo: number; readonly entryNo: number; readonly parameters: RecipientParameters | null };

function placeOf(row: FrozenRow | null): FrozenPlace | null {
  if (row === null) return null;
  const { body, header = [], headerMediaUrl, buttons = [] } = row.parameters ?? { body: [] };
  const parameters = [
    ...header.map(({ name, value }) => ({ name: `header.${name}`, value })),
    ...(headerMediaUrl === undefined ? [] : [{ name: "header", value: headerMediaUrl }]),
    ...body.map(({ name, value }) => ({ name: `body.${name}`, value })),
    ...buttons.map(({ index, urlSuffix }) => ({ name: `button.${index}`, value: urlSuffix })),
  ];
  return { chunkNo: row.chunkNo, entryNo: row.entryNo, parameters };
}
