/** Of the import $1: held by its transaction, so that whoever asks what became of it waits until it is over. */
export const runningLock = "hashtextextended('import ' || $1::uuid::text, 0)";

/** $1 workspace, $2 file name, $3 header, $4 delimiter, $5 mapping, $6 default country, $7 list, $8 what the list was, $9 who. */
export const openBatchSql = `
  insert into import_batches (workspace_id, file_name, headers, delimiter, mapping, default_country, recipient_list_id, list_was, created_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`;

/** $1 workspace, $2 name. `do update` of nothing: `do nothing` would answer no row for a list that exists; a row that was inserted has no xmax. */
export const openListSql = `
  insert into recipient_lists (workspace_id, name) values ($1, $2) on conflict (workspace_id, name) do update set name = excluded.name
  returning id as "recipientListId", case when xmax = 0 then 'new' else 'existing' end as was`;

/** $1 import, $2–$9 as named. */
export const closeBatchSql = `
  update import_batches set rows_read = $2, rows_added = $3, rows_updated = $4, rows_refused = $5, refusals = $6, opted_out = $7,
    consents_granted = $8, consents_withdrawn = $9 where id = $1 returning id`;

/** $1 workspace, $2 import. */
export const findBatchSql = `
  select id as "importBatchId", file_name as "fileName", headers, delimiter, mapping, default_country as "defaultCountry",
    case when list_was is not null and recipient_list_id is not null then jsonb_build_object('recipientListId', recipient_list_id, 'was', list_was) end as list,
    rows_read as "rowsRead", rows_added as added, rows_updated as updated, rows_refused as refused, refusals, opted_out as "optedOut",
    consents_granted as "consentsGranted", consents_withdrawn as "consentsWithdrawn"
  from import_batches where workspace_id = $1 and id = $2`;

/** $1 import, $2 row number, $3 most rows. */
export const refusedRowsSql = `
  select row_no as "rowNo", reason, cells from import_row_errors where import_batch_id = $1 and row_no > $2 order by row_no limit $3`;

/** $1 workspace, $2 file name, $3 who. */
export const cancelledSql = "insert into cancelled_imports (workspace_id, file_name, created_by) values ($1, $2, $3) returning id";
