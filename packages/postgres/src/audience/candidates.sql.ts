/** Part of an audience, as SQL arrays: $1 lists, $2 import batches, $3 tags, $4 contacts, $5 excluded lists, $6 excluded tags. */
const chosenSql = `
  select m.contact_id from recipient_list_members m where m.recipient_list_id = any ($1::uuid[])
  union select c.id from contacts c where c.import_batch_id = any ($2::uuid[])
  union select t.contact_id from contact_tags t where t.tag = any ($3::text[])
  union select c.id from contacts c where c.id = any ($4::uuid[])
  except select m.contact_id from recipient_list_members m where m.recipient_list_id = any ($5::uuid[])
  except select t.contact_id from contact_tags t where t.tag = any ($6::text[])`;

/** Who was chosen, by which of their addresses they are reached, and who of them is barred: each set-wise over those who were chosen. */
const withChosen = (chosen: string): string => `
  with chosen as materialized (${chosen}),
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
  )`;
const ownColumns = `c.id as "contactId", c.display_name as "displayName", c.fields, c.country`;
const flags = {
  isActive: "c.status = 'active'",
  suppression: "case when s.is_all then 'all' when s.contact_id is not null then 'marketing' end",
  marketingConsent: "consent.state",
  isWithinFrequencyCap: "k.at is not null and k.at > now() - w.frequency_cap",
  isKnown:
    "c.import_batch_id is not null or consent.contact_id is not null or exists (select from inbound_messages i where i.contact_id = c.id)",
};
const flagColumns = Object.entries(flags)
  .map(([name, sql]) => `${sql} as "${name}"`)
  .join(", ");
const addressOf = (channel: string, kind: string, value: string): string =>
  `case when ${kind} is not null then jsonb_build_object('channel', ${channel}, 'kind', ${kind}, 'value', ${value}) end`;
const joined = `
  from chosen join contacts c on c.id = chosen.contact_id
  join workspaces w on w.id = c.workspace_id
  left join address a on a.contact_id = c.id
  left join suppressed s on s.contact_id = c.id
  left join consent_states consent on consent.contact_id = c.id and consent.channel = 'whatsapp' and consent.purpose = 'marketing'
  left join contact_marketing k on k.workspace_id = c.workspace_id and k.contact_id = c.id`;

/**
 * Candidates with all that decides whether the message may go, each person once, by contact id: one statement, one snapshot. The suppression is that of the
 * gate (`herald.consent_refusal`): of the person, or of an address the person has by now.
 */
const candidatesOf = (chosen: string): string =>
  `${withChosen(chosen)} select ${ownColumns}, ${addressOf("a.channel", "a.kind", "a.value")} as address, ${flagColumns} ${joined} order by c.id`;
export const candidatesSql = candidatesOf(chosenSql);

/** Those after contact $7 (null: the first), at most $8. */
export const nextCandidatesSql = candidatesOf(
  `select contact_id from (${chosenSql}) every where $7::uuid is null or contact_id > $7 order by contact_id limit $8::int`,
);

/**
 * One of each kind, and how many they are. $7 and on: fields, first `filled` of which it matters only whether something stands in them (what looks empty,
 * or is longer than `mostBytes`, is a kind of its own), then `asIs` that decide by what they say. So is each country, and of a number under +1 each area:
 * marketing asks for them.
 */
export function alikeSql(filled: number, asIs: number, mostBytes: number): string {
  const own = Array.from({ length: filled + asIs }, (_, nth) => {
    const value = `case $${nth + 7}::text when 'display_name' then c.display_name else c.fields ->> $${nth + 7}::text end`;
    return nth < filled
      ? `case when octet_length(${value}) <= ${mostBytes} and (${value}) ~ '[!-~]' then 'x' else '?' || (${value}) end as own_${nth}`
      : `${value} as own_${nth}`;
  });
  const names = own.map((_, nth) => `own_${nth}`);
  return `${withChosen(chosenSql)}, candidate as materialized (
    select ${[
      ownColumns,
      "a.channel, a.kind, a.value",
      "case when a.kind = 'bsuid' then left(a.value, 3) when a.value like '+1%' then left(a.value, 5) || length(a.value) end as area",
      flagColumns,
      ...own,
    ].join(", ")} ${joined}
  )
  select jsonb_build_object('contactId', any_value("contactId"), 'displayName', any_value("displayName"), 'fields', any_value(fields), 'country', country,
    'address', ${addressOf("any_value(channel)", "any_value(kind)", "any_value(value)")},
    ${Object.keys(flags)
      .map((name) => `'${name}', "${name}"`)
      .join(", ")}) as one, count(*)::int as people
  from candidate group by ${["country", "kind is null", "area", ...Object.keys(flags).map((name) => `"${name}"`), ...names].join(", ")}`;
}

/** $1 lists, chosen and excluded, $2 import batches, $3 contacts: ids that name nothing in this workspace. */
export const missingSql = `
  select id::text as id from (select unnest($1::uuid[]) except select id from recipient_lists) list(id)
  union all select id::text from (select unnest($2::uuid[]) except select id from import_batches) batch(id)
  union all select id::text from (select unnest($3::uuid[]) except select id from contacts where id = any ($3::uuid[])) contact(id)`;
