import type { ContactFilter, ContactLine, ContactPort, Lift } from "@herald/contacts";
import type { Address } from "@herald/kernel";
import { msOf, one, oneOrNone } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";
import { pageSql } from "./contact-list.sql.ts";

/** Beyond this many nobody reads the last digits, and counting on takes longer than the page. */
const countedUpTo = 200_000;

type LineRow = Omit<ContactLine, "address"> & Partial<Address> & { readonly cursor: string };

const countSql = `select people, is_exact as "isExact" from herald.count_contacts($1, $2, $3)`;

// `||` with nulls stripped would also strip what a key had; so keys to take away are named
const editSql = `
  update contacts c set display_name = coalesce($3, c.display_name), fields = (c.fields || $4::jsonb) - $5::text[], updated_at = now()
  where c.workspace_id = $1 and c.id = $2 returning ${msOf("updated_at")} as "updatedAtMs"`;

const lockSql = "select id from contacts where workspace_id = $1 and id = $2 for no key update";
const removeTagsSql = "delete from contact_tags where workspace_id = $1 and contact_id = $2 and tag = any ($3::text[])";
const addTagsSql =
  "insert into contact_tags (workspace_id, contact_id, tag) select $1, $2, tag from unnest($3::text[]) tag order by tag on conflict do nothing";
const tagsSql = "select tag from contact_tags where workspace_id = $1 and contact_id = $2 order by tag";

/** People one by one: the list of a screen, and what members change about a person. */
export function createContacts({ sql, workspaceId, userId, audit, onConsentTaken }: UnitOfWork): ContactPort {
  const tell = (action: string, contactId: string, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    audit.write({ action, resourceKind: "contact", resourceId: contactId, detail });
  return {
    async page(filter, after, limit) {
      const [addedAt = null, contactId = null] = after?.split("_") ?? [];
      // one more than is shown: whether there is a next page
      const rows = await sql<LineRow>(pageSql, [
        workspaceId,
        JSON.stringify(filter satisfies ContactFilter),
        addedAt,
        contactId,
        limit + 1,
      ]);
      const shown = rows.slice(0, limit);
      return { contacts: shown.map(lineOf), next: rows.length > limit ? (shown.at(-1)?.cursor ?? null) : null };
    },
    count: (filter) => one<{ people: number; isExact: boolean }>(sql, countSql, [workspaceId, JSON.stringify(filter), countedUpTo]),
    async edit(contactId, { displayName, fields = {} }) {
      const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
      const gone = Object.keys(fields).filter((key) => fields[key] === null);
      const values = [workspaceId, contactId, displayName ?? null, JSON.stringify(set), gone];
      const edited = await oneOrNone<{ updatedAtMs: number }>(sql, editSql, values);
      if (edited !== null) await tell("contact.edited", contactId, { name: displayName !== undefined, fields: Object.keys(fields) });
      return edited;
    },
    async changeTags(contactId, { add, remove }) {
      if ((await oneOrNone(sql, lockSql, [workspaceId, contactId])) === null) return null;
      await sql(removeTagsSql, [workspaceId, contactId, remove]);
      await sql(addTagsSql, [workspaceId, contactId, add]);
      await tell("contact.tags_changed", contactId, { added: add.length, removed: remove.length });
      return (await sql<{ tag: string }>(tagsSql, [workspaceId, contactId])).map(({ tag }) => tag);
    },
    async optOut(contactId, note) {
      const { isNew } = await one<{ isNew: boolean | null }>(sql, `select herald.opt_out_as_member($1, $2) as "isNew"`, [
        contactId,
        JSON.stringify({ userId, note }),
      ]);
      if (isNew === null) return null;
      if (isNew) onConsentTaken();
      await tell("consent.withdrawn", contactId, { isNew });
      return { isNew };
    },
    async liftOptOut(contactId, note) {
      const { lift } = await one<{ lift: Lift | null }>(sql, "select herald.lift_opt_out_as_member($1, $2) as lift", [
        contactId,
        JSON.stringify({ userId, note }),
      ]);
      if (lift === "lifted_to_granted" || lift === "lifted_to_none") await tell("consent.lifted", contactId, { to: lift });
      return lift;
    },
  };
}

function lineOf({ cursor: _, channel, kind, value, ...line }: LineRow): ContactLine {
  return { ...line, address: channel && kind && value ? { channel, kind, value } : null };
}
