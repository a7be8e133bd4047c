import type { ImportedPerson, ImportPort, KeptImport, OpenedList, RefusedRow, UpsertResult } from "@herald/contacts";
import type { ContactId, ImportBatchId } from "@herald/kernel";
import { one, oneOrNone } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";
import { cancelledSql, closeBatchSql, findBatchSql, openBatchSql, openListSql, refusedRowsSql, runningLock } from "./imports.sql.ts";
import { addTagsSql, claimOptOutsSql, joinListSql, recordConsentsSql, upsertPeopleSql } from "./people.sql.ts";

/** The most in one call, as the port has it. */
const maxRefusedRows = 1000;

type PersonRow = { readonly rowNo: number; readonly contactId: ContactId; readonly isKnown: boolean };
type Batch = Parameters<ImportPort["upsertPeople"]>[0];

const keepRefusalsSql = `
  insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells)
  select $1, $2, * from unnest($3::int[], $4::text[], $5::jsonb[])`;

/** A file of people, in bulk: a handful of statements per 1,000 rows, all in the verb's transaction. */
export function createImports(work: UnitOfWork): ImportPort {
  const { sql, workspaceId, userId, audit } = work;
  return {
    defaultCountry: async () =>
      (await one<{ country: string | null }>(sql, "select default_country as country from workspaces where id = $1", [workspaceId]))
        .country,
    async openBatch({ fileName, headers, delimiter, mapping, defaultCountry, list }) {
      const { id } = await one<{ id: ImportBatchId }>(sql, openBatchSql, [
        workspaceId,
        fileName,
        headers,
        delimiter,
        JSON.stringify(mapping),
        defaultCountry,
        list?.recipientListId ?? null,
        list?.was ?? null,
        userId,
      ]);
      await sql(`select pg_advisory_xact_lock(${runningLock})`, [id]);
      return id;
    },
    openList: (listName) => one<OpenedList>(sql, openListSql, [workspaceId, listName]),
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
    async closeBatch(importBatchId, result) {
      const { rowsRead, added, updated, refused, refusals, optedOut, consentsGranted, consentsWithdrawn } = result;
      await one(sql, closeBatchSql, [
        importBatchId,
        rowsRead,
        added,
        updated,
        refused,
        JSON.stringify(refusals),
        optedOut,
        consentsGranted,
        consentsWithdrawn,
      ]);
      await audit.write({
        action: "contacts.imported",
        resourceKind: "import_batch",
        resourceId: importBatchId,
        detail: { rowsRead, added, updated, refused },
      });
    },
    async find(importBatchId) {
      await sql(`select pg_advisory_xact_lock_shared(${runningLock})`, [importBatchId]);
      return oneOrNone<KeptImport>(sql, findBatchSql, [workspaceId, importBatchId]);
    },
    refusedRows: (importBatchId, afterRowNo) => sql<RefusedRow>(refusedRowsSql, [importBatchId, afterRowNo, maxRefusedRows]),
    async noteCancelled(fileName) {
      const { id } = await one<{ id: string }>(sql, cancelledSql, [workspaceId, fileName, userId]);
      await audit.write({ action: "contacts.import_cancelled", resourceKind: "cancelled_import", resourceId: id });
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
  const added = rows.filter(({ isKnown }) => !isKnown).length;
  const consentsWithdrawn = recorded.filter(({ state }) => state === "withdrawn").length;
  if (consentsWithdrawn > 0) onConsentTaken();
  return {
    added,
    updated: rows.length - added,
    optedOut: optedOut.length,
    consentsGranted: recorded.length - consentsWithdrawn,
    consentsWithdrawn,
  };
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
