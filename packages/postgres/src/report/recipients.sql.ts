/** The newest attempt speaks for its message. Looked up message by message: a join that may be turned round reads the attempts of everybody. */
export const newestAttempt = (message: string, columns: string): string =>
  `lateral (select ${columns} from campaign_attempts a where a.message_id = ${message}.id and a.attempt = ${message}.attempt limit 1) a on true`;

export const personColumns = `c.display_name as "displayName", x.value as address`;
/** Who a message is for: null where the person is no longer kept. The address is the one a campaign would write to. */
export const personOf = (message: string): string => `
  left join contacts c on c.workspace_id = ${message}.workspace_id and c.id = ${message}.contact_id
  left join lateral (select value from contact_addresses y where y.workspace_id = ${message}.workspace_id and y.contact_id = ${message}.contact_id
    and y.channel = 'whatsapp' and y.kind in ('phone', 'bsuid') order by y.kind desc, y.created_at, y.value limit 1) x on true`;
