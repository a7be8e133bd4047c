import { msOf } from "../connect/sql.ts";

/** `herald.is_suppressed` written out: called once per line it would plan its policies anew each time. */
const isSuppressed = `(exists (select from suppressions s where s.workspace_id = $1 and s.contact_id = c.id and s.channel = 'whatsapp')
      or exists (select from contact_addresses x where x.workspace_id = $1 and x.contact_id = c.id and x.channel = 'whatsapp'
        and (select true from suppressions s where s.workspace_id = $1 and s.channel = x.channel and s.kind = x.kind and s.value = x.value limit 1)))`;

/**
 * $1 workspace, $2 filter (JSON), $3 and $4 the last line of the page before (its cursor's time and contact) or nulls, $5 rows.
 * Who they are is found first; what is shown of them is read under row-level security. Consent is that of the gate (`herald.consent_refusal`).
 */
export const pageSql = `
  select c.id as "contactId", c.display_name as "displayName", c.status, c.country, a.channel, a.kind, a.value,
    array(select t.tag from contact_tags t where t.contact_id = c.id order by t.tag) as tags,
    case when k.state = 'withdrawn' or ${isSuppressed} then 'withdrawn' else coalesce(k.state, 'none') end as consent,
    ${msOf("c.created_at")} as "addedAtMs",
    to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || c.id as cursor
  from herald.find_contacts($1, $2, $3, $4, $5) with ordinality f(id, place) join contacts c on c.id = f.id
  left join consent_states k on k.contact_id = c.id and k.channel = 'whatsapp' and k.purpose = 'marketing'
  left join lateral (
    select a.channel, a.kind, a.value from contact_addresses a where a.workspace_id = $1 and a.contact_id = c.id
    order by a.channel <> 'whatsapp', a.kind <> 'phone', a.created_at, a.value limit 1
  ) a on true
  order by f.place`;
