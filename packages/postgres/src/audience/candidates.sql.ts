/** Part of an audience, as SQL arrays: $1 lists, $2 import batches, $3 tags, $4 contacts, $5 excluded lists, $6 excluded tags. */
const chosenSql = `
  select m.contact_id from recipient_list_members m where m.recipient_list_id = any ($1::uuid[])
  union select c.id from contacts c where c.import_batch_id = any ($2::uuid[])
  union select t.contact_id from contact_tags t where t.tag = any ($3::text[])
  union select c.id from contacts c where c.id = any ($4::uuid[])
  except select m.contact_id from recipient_list_members m where m.recipient_list_id = any ($5::uuid[])
  except select t.contact_id from contact_tags t where t.tag = any ($6::text[])`;

/**
 * Every candidate with all that decides whether the message may go, each person once, by contact id: one statement, one snapshot, each flag set-wise.
 * The suppression is that of the gate (`herald.consent_refusal`): of the person, or of an address the person has by now.
 */
export const candidatesSql = `
  with chosen as materialized (${chosenSql}),
  address as (
    select distinct on (a.contact_id) a.contact_id, a.channel, a.kind, a.value from contact_addresses a join chosen using (contact_id)
    where a.channel = 'whatsapp' and a.kind in ('phone', 'bsuid') order by a.contact_id, a.kind desc, a.created_at, a.value
  ), suppressed as (
    select contact_id, bool_or(scope = 'all') as is_all from (
      select s.contact_id, s.scope from suppressions s where s.channel = 'whatsapp' and s.contact_id is not null
      union all
      select a.contact_id, s.scope from suppressions s join contact_addresses a using (workspace_id, channel, kind, value) where s.channel = 'whatsapp'
    ) one group by contact_id
  ), consent as (
    select contact_id, state from consent_states where channel = 'whatsapp' and purpose = 'marketing'
  ), capped as (
    select k.contact_id from contact_marketing k join workspaces w on w.id = k.workspace_id where k.at > now() - w.frequency_cap
  ), talked as (
    select distinct contact_id from inbound_messages where contact_id is not null
  )
  select c.id as "contactId", c.display_name as "displayName", c.fields, c.status = 'active' as "isActive",
    case when a.contact_id is not null then jsonb_build_object('channel', a.channel, 'kind', a.kind, 'value', a.value) end as address,
    case when s.is_all then 'all' when s.contact_id is not null then 'marketing' end as suppression,
    consent.state as "marketingConsent", capped.contact_id is not null as "isWithinFrequencyCap",
    c.import_batch_id is not null or consent.contact_id is not null or talked.contact_id is not null as "isKnown"
  from chosen join contacts c on c.id = chosen.contact_id
  left join address a on a.contact_id = c.id
  left join suppressed s on s.contact_id = c.id
  left join consent on consent.contact_id = c.id
  left join capped on capped.contact_id = c.id
  left join talked on talked.contact_id = c.id
  order by c.id`;

/** $1 lists, chosen and excluded, $2 import batches, $3 contacts: ids that name nothing in this workspace. */
export const missingSql = `
  select id::text as id from (select unnest($1::uuid[]) except select id from recipient_lists) list(id)
  union all select id::text from (select unnest($2::uuid[]) except select id from import_batches) batch(id)
  union all select id::text from (select unnest($3::uuid[]) except select id from contacts where id = any ($3::uuid[])) contact(id)`;
