import type pg from "pg";

/** What keeps a person from being written to, each as it stands once it happened, and what the gate makes of it. */
export const deletePerson = (owner: pg.Pool, contactId: string | undefined): Promise<unknown> =>
  owner.query("update contacts set status = 'deleted' where id = $1", [contactId]);

export const withdrawConsent = (owner: pg.Pool, contactId: string | undefined): Promise<unknown> =>
  owner.query("update consent_states set state = 'withdrawn' where contact_id = $1", [contactId]);

/** An opt-out of a number on WhatsApp; without `contactId` of whoever has it, now or later. */
export const suppressPhone = (
  db: pg.Pool | pg.PoolClient,
  workspaceId: string,
  {
    phone,
    contactId = null,
    scope = "marketing",
  }: { readonly phone: string; readonly contactId?: string | null | undefined; readonly scope?: "marketing" | "all" },
): Promise<unknown> =>
  db.query(
    "insert into suppressions (workspace_id, contact_id, channel, kind, value, scope, reason) values ($1, $2, 'whatsapp', 'phone', $3, $4, 'test')",
    [workspaceId, contactId, phone, scope],
  );

/** A marketing message a moment ago, by whichever campaign. */
export const serveMarketing = (owner: pg.Pool, workspaceId: string, contactId: string | undefined): Promise<unknown> =>
  owner.query("insert into contact_marketing (workspace_id, contact_id, message_id, at) values ($1, $2, 1, now())", [
    workspaceId,
    contactId,
  ]);

/** Why the gate refuses the person marketing; null when it does not. */
export async function consentRefusal(owner: pg.Pool, workspaceId: string, contactId: string): Promise<string | null> {
  const { rows } = await owner.query<{ no: string | null }>("select herald.consent_refusal($1, $2, true) as no", [workspaceId, contactId]);
  return rows[0]?.no ?? null;
}

/** What is agreed now, of the one thing that was ever asked; null when nobody asked. */
export async function consentState(owner: pg.Pool, contactId: string | null): Promise<string | null> {
  const { rows } = await owner.query<{ state: string }>("select state from consent_states where contact_id = $1", [contactId]);
  if (rows.length > 1) throw new Error("more than one thing was asked");
  return rows[0]?.state ?? null;
}
