/**
 * $1 workspace, $2 import batch, $3 people as JSON:
 * [{rowNo, channel, kind, value, country, displayName, fields, tags, consent}], no two with one address.
 */
const given = `
  given as materialized (
    select p.*, known.contact_id as known_id, coalesce(known.contact_id, gen_random_uuid()) as contact_id
    from jsonb_to_recordset($3::jsonb) p("rowNo" int, channel text, kind text, value text, country text, "displayName" text, fields jsonb, tags jsonb, consent text)
    left join contact_addresses known on known.workspace_id = $1 and known.channel = p.channel and known.kind = p.kind and known.value = p.value
  )`;

/** Adds and updates people and addresses; answers one row per person of the call. Two files may name one known person by two addresses: the last row wins. */
export const upsertPeopleSql = `
  with ${given}, added as (
    insert into contacts (id, workspace_id, display_name, fields, country, import_batch_id)
    select contact_id, $1, coalesce("displayName", ''), fields, country, $2 from given where known_id is null
  ), newest as (
    select distinct on (known_id) * from given where known_id is not null order by known_id, "rowNo" desc
  ), updated as (
    update contacts c set display_name = coalesce(g."displayName", c.display_name), fields = c.fields || g.fields, country = coalesce(g.country, c.country),
      status = 'active', import_batch_id = $2, updated_at = now()
    from newest g where c.id = g.known_id
  ), reached as (
    insert into contact_addresses (workspace_id, contact_id, channel, kind, value)
    select $1, contact_id, channel, kind, value from given where known_id is null order by channel, kind, value
  )
  select "rowNo", contact_id as "contactId", known_id is not null as "isKnown" from given`;

/** $1 workspace, $2 list or null, $3 contacts. */
export const joinListSql = `
  insert into recipient_list_members (workspace_id, recipient_list_id, contact_id)
  select $1, $2, id from unnest($3::uuid[]) p(id) order by id on conflict do nothing`;

/** $1 workspace, $2 contacts, $3 tags, side by side. */
export const addTagsSql = `
  insert into contact_tags (workspace_id, contact_id, tag) select $1, id, tag from unnest($2::uuid[], $3::text[]) p(id, tag) order by id, tag on conflict do nothing`;

/** $1 workspace, $2 contacts of the call. An opt-out that named an address before anybody had it becomes the person's. Answers who of the call opted out. */
export const claimOptOutsSql = `
  with claimed as (
    update suppressions s set contact_id = a.contact_id from contact_addresses a
    where s.workspace_id = $1 and s.contact_id is null and a.contact_id = any ($2::uuid[])
      and a.workspace_id = s.workspace_id and a.channel = s.channel and a.kind = s.kind and a.value = s.value
    returning s.contact_id
  )
  select contact_id as "contactId" from claimed
  union select s.contact_id from suppressions s where s.contact_id = any ($2::uuid[])`;

/** $1 workspace, $2 contacts, $3 states, $4 proofs (JSON texts), side by side, no contact twice. Writes only what changes the state; answers what was written. */
export const recordConsentsSql = `
  with wanted as (
    select p.* from unnest($2::uuid[], $3::text[], $4::jsonb[]) p(contact_id, state, proof)
    left join consent_states k on k.contact_id = p.contact_id and k.channel = 'whatsapp' and k.purpose = 'marketing'
    where k.state is distinct from p.state
      and (p.state = 'withdrawn' or (k.state is distinct from 'withdrawn' and not exists (select from suppressions s where s.contact_id = p.contact_id)))
  ), written as (
    insert into consents (workspace_id, contact_id, channel, state, origin, proof)
    select $1, contact_id, 'whatsapp', state, 'import', proof from wanted order by contact_id returning id, contact_id, state
  )
  insert into consent_states as k (workspace_id, contact_id, channel, state, consent_id)
  select $1, contact_id, 'whatsapp', state, id from written order by contact_id
  on conflict (contact_id, channel, purpose) do update set state = excluded.state, consent_id = excluded.consent_id
  returning k.contact_id as "contactId", k.state`;
