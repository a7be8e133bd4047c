import type { ContactId, WorkspaceId } from "@herald/kernel";
import type pg from "pg";

export type ContactOptions = {
  /** Default: granted. */
  readonly consent?: "granted" | "withdrawn" | null;
  readonly tag?: string;
  /** Numbers are `+1650` and seven digits, from here on. */
  readonly fromNumber?: number;
};
export type Contact = { readonly contactId: ContactId; readonly phone: string };

const addSql = `
  with people as (
    select gen_random_uuid() as id, n, '+1650' || lpad(($3::int + n)::text, 7, '0') as phone from generate_series(1, $2::int) n
  ), added as (
    insert into contacts (id, workspace_id, display_name, fields) select id, $1, 'Person ' || n, jsonb_build_object('first_name', 'Ana ' || n) from people returning id
  ), reached as (
    insert into contact_addresses (workspace_id, contact_id, channel, kind, value) select $1, id, 'whatsapp', 'phone', phone from people
  ), tagged as (
    insert into contact_tags (workspace_id, contact_id, tag) select $1, id, $4 from people where $4::text is not null
  ), agreed as (
    insert into consents (workspace_id, contact_id, channel, state, origin) select $1, id, 'whatsapp', $5, 'test' from people where $5::text is not null
    returning id, contact_id
  ), current as (
    insert into consent_states (workspace_id, contact_id, channel, state, consent_id) select $1, contact_id, 'whatsapp', $5, id from agreed
  )
  select id as "contactId", phone from people order by n`;

/** People with a phone on WhatsApp, marketing consent by default. */
export async function contacts(
  owner: pg.Pool,
  workspaceId: WorkspaceId,
  count: number,
  options: ContactOptions = {},
): Promise<readonly Contact[]> {
  const { consent = "granted", tag = null, fromNumber = Math.floor(Math.random() * 9_000_000) } = options;
  return (await owner.query<Contact>(addSql, [workspaceId, count, fromNumber, tag, consent])).rows;
}
