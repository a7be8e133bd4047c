import type { ImportedPerson, ImportPort, UpsertResult } from "@herald/contacts";
import type { ContactId, ImportBatchId, RecipientListId } from "@herald/kernel";
import { one } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";
import { addTagsSql, claimOptOutsSql, joinListSql, recordConsentsSql, upsertPeopleSql } from "./people.sql.ts";

type PersonRow = { readonly rowNo: number; readonly contactId: ContactId; readonly isKnown: boolean };
type Batch = Parameters<ImportPort["upsertPeople"]>[0];

const openBatchSql = "insert into import_batches (workspace_id, file_name, mapping, created_by) values ($1, $2, $3, $4) returning id";

// `do update` of nothing: `do nothing` would answer no row for a list that exists
const openListSql = `
  insert into recipient_lists (workspace_id, name) values ($1, $2) on conflict (workspace_id, name) do update set name = excluded.name returning id`;

const keepRefusalsSql = `
  insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells)
  select $1, $2, * from unnest($3::int[], $4::text[], $5::jsonb[])`;

const closeBatchSql =
  "update import_batches set rows_read = $2, rows_added = $3, rows_updated = $4, rows_refused = $5 where id = $1 returning id";

/** A file of people, in bulk: a handful of statements per 1,000 rows, all in the verb's transaction. */
export function createImports(work: UnitOfWork): ImportPort {
  const { sql, workspaceId, userId, audit } = work;
  return {
    defaultCountry: async () =>
      (await one<{ country: string | null }>(sql, "select default_country as country from workspaces where id = $1", [workspaceId]))
        .country,
    openBatch: async ({ fileName, mapping }) =>
      (await one<{ id: ImportBatchId }>(sql, openBatchSql, [workspaceId, fileName, JSON.stringify(mapping), userId])).id,
    openList: async (listName) => (await one<{ id: RecipientListId }>(sql, openListSql, [workspaceId, listName])).id,
    upsertPeople: (batch, people) => upsertPeople(work, batch, people),
    async keepRefusals(importBatchId, refusals) {
      await sql(keepRefusalsSql, [
        workspaceId,
        importBatchId,
        refusals.map(({ rowNo }) => rowNo),
        refusals.map(({ reason }) => reason),
        refusals.map(({ cells }) => JSON.stringify(cells)),
      ]);
    },
    async closeBatch(importBatchId, { rowsRead, added, updated, refused }) {
      await one(sql, closeBatchSql, [importBatchId, rowsRead, added, updated, refused]);
      await audit.write({
        action: "contacts.imported",
        resourceKind: "import_batch",
        resourceId: importBatchId,
        detail: { rowsRead, added, updated, refused },
      });
    },
  };
}

async function upsertPeople(
  { sql, workspaceId, onConsentTaken }: UnitOfWork,
  batch: Batch,
  people: readonly ImportedPerson[],
): Promise<UpsertResult> {
  const rows = await sql<PersonRow>(upsertPeopleSql, [
    workspaceId,
    batch.importBatchId,
    JSON.stringify(people.map(({ address, ...person }) => ({ ...person, ...address }))),
  ]);
  const contactIdByRow = new Map(rows.map(({ rowNo, contactId }) => [rowNo, contactId]));
  const contactOf = ({ rowNo }: ImportedPerson): ContactId => {
    const contactId = contactIdByRow.get(rowNo);
    if (contactId === undefined) throw new Error("the upsert answered no contact for a row it was given");
    return contactId;
  };
  const contactIds = [...new Set(contactIdByRow.values())];

  if (batch.recipientListId !== null) await sql(joinListSql, [workspaceId, batch.recipientListId, contactIds]);
  const tagged = people.flatMap((person) => person.tags.map((tag) => ({ contactId: contactOf(person), tag })));
  if (tagged.length > 0) await sql(addTagsSql, [workspaceId, tagged.map(({ contactId }) => contactId), tagged.map(({ tag }) => tag)]);
  const optedOut = await sql<{ contactId: ContactId }>(claimOptOutsSql, [workspaceId, contactIds]);

  const consents = consentsOf(batch, people, contactOf);
  const recorded =
    consents.length === 0
      ? []
      : await sql<{ state: string }>(recordConsentsSql, [
          workspaceId,
          consents.map(({ contactId }) => contactId),
          consents.map(({ state }) => state),
          consents.map(({ proof }) => JSON.stringify(proof)),
        ]);
  if (recorded.some(({ state }) => state === "withdrawn")) onConsentTaken();
  const added = rows.filter(({ isKnown }) => !isKnown).length;
  return { added, updated: rows.length - added, optedOut: optedOut.length, consentsRecorded: recorded.length };
}

type Consent = { readonly contactId: ContactId; readonly state: "granted" | "withdrawn"; readonly proof: object };

/** One consent per person: of several rows a withdrawal counts before anything else. */
function consentsOf(batch: Batch, people: readonly ImportedPerson[], contactOf: (person: ImportedPerson) => ContactId): readonly Consent[] {
  const byContact = new Map<ContactId, Consent>();
  for (const person of people) {
    if (person.consent === null) continue;
    const contactId = contactOf(person);
    if (byContact.get(contactId)?.state === "withdrawn") continue;
    const proof = { file: batch.fileName, row: person.rowNo, importBatchId: batch.importBatchId };
    byContact.set(contactId, { contactId, state: person.consent, proof });
  }
  return [...byContact.values()];
}
