import { msOf } from "../connect/sql.ts";

/**
 * $1: message ids, $2: attempts, side by side. Each attempt as the conversation store shows it. Limits keep the order of the joins: a planner without
 * statistics of a fresh campaign would begin with all its messages.
 */
export const outboundSql = `
  select a.message_id as "messageId", a.attempt, c.sender_id as "senderId", m.contact_id as "contactId", a.campaign_id as "campaignId",
    a.provider_message_id as "providerMessageId", h.frozen_template ->> 'name' as "templateName", h.frozen_template ->> 'language' as "templateLanguage",
    ${msOf("coalesce(a.settled_at, a.sent_at, a.intent_at)")} as "acceptedAtMs", a.receipt, ${msOf("a.sent_at")} as "sentAtMs",
    ${msOf("a.delivered_at")} as "deliveredAtMs", ${msOf("a.read_at")} as "readAtMs", ${msOf("a.failed_at")} as "failedAtMs",
    case when a.failed_at is not null then a.code end as "failureCode"
  from unnest($1::bigint[], $2::int[]) r(message_id, attempt)
  cross join lateral (select * from campaign_attempts x where (x.message_id, x.attempt) = (r.message_id, r.attempt) limit 1) a
  cross join lateral (select x.contact_id from campaign_messages x where x.id = a.message_id limit 1) m
  cross join lateral (select x.sender_id from campaign_controls x where x.campaign_id = a.campaign_id limit 1) c
  cross join lateral (select x.frozen_template from campaign_history x where x.id = a.campaign_id limit 1) h`;

/** $1: provider ids of inbound messages. Their words are in the stored webhooks, where many may share one. */
export const inboundSql = `
  select i.provider_message_id as "providerMessageId", i.sender_id as "senderId", i.contact_id as "contactId", i.type, ${msOf("i.at")} as "receivedAtMs",
    i.campaign_id as "campaignId", i.message_id as "repliedMessageId", a.attempt as "repliedAttempt", i.inbox_id as "inboxId"
  from inbound_messages i
  left join lateral (
    select x.attempt from campaign_attempts x where x.message_id = i.message_id and x.provider_message_id is not null order by x.attempt desc limit 1) a on true
  where i.provider_message_id = any ($1)`;

/** $1: ids of stored webhooks, $2: the last one read, $3: bytes. The next ones, as many as those bytes hold or one that is larger. A length is read without its body. */
export const bodiesSql = `
  select id as "inboxId", provider, body from (
    select *, sum(octet_length(body)) over (order by id) as bytes, row_number() over (order by id) as ordinal from webhook_inbox
    where id = any ($1) and id > $2) ahead
  where ordinal = 1 or bytes <= $3 order by id`;
