import { randomUUID } from "node:crypto";
import type { SenderId, UserId, WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { asOwner, type OwnPostgres } from "../import/own-postgres.ts";

export type SeededAudience = {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly senderId: SenderId;
  readonly template: { readonly name: string; readonly language: string };
  /** A list with so many people to be judged, and a hundredth more who are excluded by their tag. */
  readonly listOf: (recipients: number) => Promise<string>;
};

export const excludedTag = "staff";

const tenantSql = `
  with w as (insert into workspaces (id, name, default_country, max_recipients) values ($1, 'Bench', 'AE', 50000)),
    m as (insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'owner')),
    s as (insert into sources (id, workspace_id, provider, mode, waba_id, name, access_token_sealed) values ($3, $1, 'meta', 'cloud_api', 'bench', 'Bench', '')),
    n as (insert into phone_numbers (id, workspace_id, source_id, provider_number_id, display_number, cap_per_second) values ($4, $1, $3, 'bench', '+1 650 555 0100', 80))
  insert into templates (workspace_id, source_id, provider_template_id, name, language, category, status, parameter_format, components, components_hash)
    values ($1, $3, 'bench', 'bench', 'en', 'MARKETING', 'APPROVED', 'named',
      '[{"type": "BODY", "text": "Hello {{first_name}}, {{count}} new things in {{city}}"}, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "See", "url": "https://example.com/{{1}}"}]}]', 'bench')`;

/**
 * People $2 to $3 of workspace $1, each kind of exclusion among them: of a hundred two have withdrawn, and one each is inactive, suppressed by address,
 * suppressed for all, within the frequency cap, never asked, without an address, without a first name, and tagged (who does not count as a recipient).
 */
const peopleSql = [
  `insert into contacts (id, workspace_id, display_name, status, fields)
   select gen_random_uuid(), $1, 'Person ' || n, case when n % 101 = 11 then 'deleted' else 'active' end,
     jsonb_build_object('number', n::text, 'city', (array['Dubai', 'Abu Dhabi', 'Sharjah', 'Al Ain', 'Ajman'])[1 + n % 5], 'code', md5(n::text))
       || case when n % 101 = 12 then '{}' else jsonb_build_object('first_name', (array['Ana', 'Chloé', 'Дарья', 'Elif', '小明'])[1 + n % 5]) end
   from generate_series($2::int, $3::int) n`,
  `insert into contact_addresses (workspace_id, contact_id, channel, kind, value)
   select workspace_id, id, 'whatsapp', 'phone', '+97150' || lpad(number::text, 7, '0') from newcomers where number % 101 <> 13`,
  `insert into consents (workspace_id, contact_id, channel, state, origin)
   select workspace_id, id, 'whatsapp', case when number % 101 in (14, 15) then 'withdrawn' else 'granted' end, 'bench' from newcomers where number % 101 <> 16`,
  `insert into consent_states (workspace_id, contact_id, channel, purpose, state, consent_id)
   select c.workspace_id, contact_id, channel, purpose, state, c.id from consents c join newcomers n on n.id = c.contact_id`,
  `insert into suppressions (workspace_id, contact_id, channel, kind, value, scope, reason)
   select n.workspace_id, case when number % 101 = 18 then n.id end, 'whatsapp', 'phone', a.value, case when number % 101 = 18 then 'all' else 'marketing' end, 'bench'
   from newcomers n join contact_addresses a on a.contact_id = n.id where number % 101 in (17, 18)`,
  `insert into contact_marketing (workspace_id, contact_id, message_id, at) select workspace_id, id, number, now() from newcomers where number % 101 = 19`,
  `insert into contact_tags (workspace_id, contact_id, tag) select workspace_id, id, '${excludedTag}' from newcomers where number % 101 = 0`,
];
const newcomersSql = `
  create temp table newcomers on commit drop as
  select workspace_id, id, (fields ->> 'number')::int as number from contacts where workspace_id = $1 and (fields ->> 'number')::int between $2 and $3`;
const listSql = "insert into recipient_lists (workspace_id, name) values ($1, 'The first ' || $2::int) returning id";
const membersSql = `
  insert into recipient_list_members (workspace_id, recipient_list_id, contact_id)
  select c.workspace_id, $3, c.id from contacts c where c.workspace_id = $1 and (c.fields ->> 'number')::int <= $2`;

/** One tenant, written past the product: how its people came in is not what is measured. */
export async function seedAudience(postgres: OwnPostgres): Promise<SeededAudience> {
  const workspaceId = randomUUID() as WorkspaceId;
  const userId = randomUUID() as UserId;
  const senderId = randomUUID() as SenderId;
  await asOwner(postgres, (owner) => owner.query(tenantSql, [workspaceId, userId, randomUUID(), senderId]));
  let seeded = 0;
  return {
    workspaceId,
    userId,
    senderId,
    template: { name: "bench", language: "en" },
    listOf: (recipients) =>
      asOwner(postgres, async (owner) => {
        const upTo = recipients + Math.floor(recipients / 100);
        await owner.query("begin");
        // every row refers to one written just before it
        await owner.query("set local session_replication_role = replica");
        await addPeople(owner, workspaceId, seeded + 1, upTo);
        seeded = Math.max(seeded, upTo);
        const { rows } = await owner.query<{ id: string }>(listSql, [workspaceId, upTo]);
        const [list] = rows;
        if (list === undefined) throw new Error("an insert answered no row");
        await owner.query(membersSql, [workspaceId, upTo, list.id]);
        await owner.query("commit");
        await owner.query("vacuum (analyze)"); // as autovacuum leaves a database that was not filled a moment ago
        await owner.query("checkpoint");
        return list.id;
      }),
  };
}

async function addPeople(owner: pg.Client, workspaceId: WorkspaceId, from: number, upTo: number): Promise<void> {
  const [contactsSql, ...restSql] = peopleSql;
  if (contactsSql === undefined || from > upTo) return;
  await owner.query(contactsSql, [workspaceId, from, upTo]);
  await owner.query(newcomersSql, [workspaceId, from, upTo]);
  for (const statement of restSql) await owner.query(statement);
}
