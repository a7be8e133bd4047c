/** Part of an audience, as SQL arrays: $1 lists, $2 import batches, $3 tags, $4 contacts, $5 excluded lists, $6 excluded tags. */
const chosenSql = `
  select m.contact_id from recipient_list_members m where m.recipient_list_id = any ($1::uuid[])
  union select c.id from contacts c where c.import_batch_id = any ($2::uuid[])
  union select t.contact_id from contact_tags t where t.tag = any ($3::text[])
  union select c.id from contacts c where c.id = any ($4::uuid[])
  except select m.contact_id from recipient_list_members m where m.recipient_list_id = any ($5::uuid[])
  except select t.contact_id from contact_tags t where t.tag = any ($6::text[])`;

/**
 * Every candidate with all that decides whether the message may go, each person once, by contact id: one statement, one snapshot, each flag set-wise
 * over those who were chosen. The suppression is that of the gate (`herald.consent_refusal`): of the person, or of an address the person has by now.
 */
export const candidatesSql = `
  with chosen as materialized (${chosenSql}),
  reach as materialized (
    select a.contact_id, a.channel, a.kind, a.value, a.created_at from chosen join contact_addresses a using (contact_id) where a.channel = 'whatsapp'
  ), address as (
    select distinct on (contact_id) contact_id, channel, kind, value from reach
    where kind in ('phone', 'bsuid') order by contact_id, kind desc, created_at, value
  ), suppressed as (
    select contact_id, bool_or(scope = 'all') as is_all from (
      select s.contact_id, s.scope from suppressions s where s.channel = 'whatsapp' and s.contact_id is not null
      union all
      select r.contact_id, s.scope from reach r join suppressions s using (channel, kind, value)
    ) one group by contact_id
  )
  select c.id as "contactId", c.display_name as "displayName", c.fields, c.country, c.status = 'active' as "isActive",
    case when a.contact_id is not null then jsonb_build_object('channel', a.channel, 'kind', a.kind, 'value', a.value) end as address,
    case when s.is_all then 'all' when s.contact_id is not null then 'marketing' end as suppression,
    consent.state as "marketingConsent", k.at is not null and k.at > now() - w.frequency_cap as "isWithinFrequencyCap",
    c.import_batch_id is not null or consent.contact_id is not null or exists (select from inbound_messages i where i.contact_id = c.id) as "isKnown"
  from chosen join contacts c on c.id = chosen.contact_id
  join workspaces w on w.id = c.workspace_id
  left join address a on a.contact_id = c.id
  left join suppressed s on s.contact_id = c.id
  left join consent_states consent on consent.contact_id = c.id and consent.channel = 'whatsapp' and consent.purpose = 'marketing'
  left join contact_marketing k on k.workspace_id = c.workspace_id and k.contact_id = c.id
  order by c.id`;

/** $1 lists, chosen and excluded, $2 import batches, $3 contacts: ids that name nothing in this workspace. */
export const missingSql = `
  select id::text as id from (select unnest($1::uuid[]) except select id from recipient_lists) list(id)
  union all select id::text from (select unnest($2::uuid[]) except select id from import_batches) batch(id)
  union all select id::text from (select unnest($3::uuid[]) except select id from contacts where id = any ($3::uuid[])) contact(id)`;
