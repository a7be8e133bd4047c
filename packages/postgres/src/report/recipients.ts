import type { ExportLine, MessageLine, RecipientLine, RecipientPort } from "@herald/campaign";
import { msOf, oneOrNone, type Sql } from "../connect/sql.ts";
import { readBackground } from "./recipient-background.ts";
import { newestAttempt, personColumns, personOf } from "./recipients.sql.ts";

const messageColumns = `m.id as "messageId", m.contact_id as "contactId", m.state, m.receipt, m.reason, ${msOf("m.next_at")} as "nextAtMs",
  ${msOf("m.changed_at")} as "changedAtMs"`;

const findSql = `
  select ${messageColumns}, m.resends, a.class, a.code from campaign_messages m left join ${newestAttempt("m", "a.class, a.code")}
  where m.campaign_id = $1 and m.id = $2`;

const attemptsSql = `
  select attempt, epoch, ${msOf("intent_at")} as "intentAtMs", ${msOf("send_by")} as "sendByMs", ${msOf("settled_at")} as "settledAtMs", outcome, code, class, detail,
    latency_ms as "latencyMs", receipt, ${msOf("sent_at")} as "sentAtMs", ${msOf("delivered_at")} as "deliveredAtMs", ${msOf("read_at")} as "readAtMs",
    ${msOf("failed_at")} as "failedAtMs", is_provider_double as "isProviderDouble"
  from campaign_attempts where message_id = $1 order by attempt`;

const pageSql = `
  select ${messageColumns}, ${personColumns}, a.class, a.code
  from herald.find_recipients($1, $2, $3, $4) with ordinality f(id, nth) join campaign_messages m on m.id = f.id ${personOf("m")}
  left join ${newestAttempt("m", "a.class, a.code")} order by f.nth`;

const exportColumns = `a.provider_message_id, a.intent_at, a.sent_at, a.delivered_at, a.read_at, a.failed_at`;
const exportSql = `
  select ${messageColumns}, ${personColumns}, a.class, a.code, m.attempt as attempts, a.provider_message_id as "providerMessageId", ${msOf("a.intent_at")} as "intentAtMs",
    ${msOf("a.sent_at")} as "sentAtMs", ${msOf("a.delivered_at")} as "deliveredAtMs", ${msOf("a.read_at")} as "readAtMs", ${msOf("a.failed_at")} as "failedAtMs"
  from (
    select * from campaign_messages m where m.campaign_id = $1 and m.contact_id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
    order by m.contact_id limit $3
  ) m ${personOf("m")} left join ${newestAttempt("m", `a.class, a.code, ${exportColumns}`)} order by m.contact_id`;

export function createRecipients(sql: Sql): RecipientPort {
  return {
    page: (campaignId, { after, limit, filter }) => sql<RecipientLine>(pageSql, [campaignId, JSON.stringify(filter), after, limit]),
    async find(campaignId, messageId) {
      const line = await oneOrNone<Omit<MessageLine, "attempts">>(sql, findSql, [campaignId, messageId]);
      return line && { ...line, attempts: await sql<MessageLine["attempts"][number]>(attemptsSql, [messageId]) };
    },
    background: (campaignId, message) => readBackground(sql, campaignId, message),
    exportPage: (campaignId, { after, limit }) => sql<ExportLine>(exportSql, [campaignId, after, limit]),
  };
}
