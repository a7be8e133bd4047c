import type { ImportResult, OpenedList } from "@herald/contacts";
import type { SupabaseClient } from "@supabase/supabase-js";
import { rowsOf } from "../../panel/rows.ts";
import type { ImportCursor } from "./import-cursor.ts";

export const importsPerPage = 50;

/** One line of the list of imports. Times are ISO 8601. */
export type ImportRow = {
  readonly importId: string;
  readonly fileName: string;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly isCancelled: boolean;
  readonly added: number;
  readonly updated: number;
  readonly refused: number;
};

/** The newest imports after those that `before` ends with, one more than a page has, so that one knows whether there are more. */
export async function readImports(db: SupabaseClient, workspaceId: string, before: ImportCursor | null): Promise<readonly ImportRow[]> {
  const newest = db
    .from("imports_history")
    .select(
      "importId:import_id, fileName:file_name, createdBy:created_by, createdAt:created_at, isCancelled:is_cancelled, added, updated, refused",
    )
    .eq("workspace_id", workspaceId)
    .order("created_at", { ascending: false })
    .order("import_id", { ascending: false })
    .limit(importsPerPage + 1);
  const page = before === null ? newest : newest.lte("created_at", before.at).or(`created_at.lt."${before.at}",import_id.lt.${before.id}`);
  return rowsOf(await page.overrideTypes<ImportRow[], { merge: false }>());
}

export type ImportPage = Omit<ImportResult, "refusals"> & {
  readonly fileName: string;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly headers: readonly string[];
  readonly mapping: {
    readonly phone: string;
    readonly name?: string;
    readonly tags?: string;
    readonly consent?: string;
    readonly fields?: Readonly<Record<string, string>>;
  };
  readonly defaultCountry: string | null;
  readonly listWas: OpenedList["was"] | null;
  readonly list: { readonly name: string } | null;
  readonly refusals: ImportResult["refusals"];
};

const pageColumns = `fileName:file_name, createdBy:created_by, createdAt:created_at, headers, mapping, defaultCountry:default_country, listWas:list_was,
  list:recipient_lists(name), refusals, rowsRead:rows_read, added:rows_added, updated:rows_updated, refused:rows_refused, optedOut:opted_out,
  consentsGranted:consents_granted, consentsWithdrawn:consents_withdrawn`;

/** Null: there is none that this member may see. */
export async function readImportPage(db: SupabaseClient, workspaceId: string, importBatchId: string): Promise<ImportPage | null> {
  const [found] = rowsOf(
    await db
      .from("import_batches")
      .select(pageColumns)
      .eq("workspace_id", workspaceId)
      .eq("id", importBatchId)
      .overrideTypes<ImportPage[], { merge: false }>(),
  );
  return found ?? null;
}

export type RefusedRowShown = { readonly rowNo: number; readonly reason: string; readonly cells: readonly string[] };
const shownRows = 20;

/** The first refused rows as they came; row-level security shows them to those who may import, and to nobody else. */
export async function readFirstRefused(
  db: SupabaseClient,
  workspaceId: string,
  importBatchId: string,
): Promise<readonly RefusedRowShown[]> {
  return rowsOf(
    await db
      .from("import_row_errors")
      .select("rowNo:row_no, reason, cells")
      .eq("workspace_id", workspaceId)
      .eq("import_batch_id", importBatchId)
      .order("row_no")
      .limit(shownRows)
      .overrideTypes<RefusedRowShown[], { merge: false }>(),
  );
}

/** Names of lists, for choosing one; the first thousand by name. */
export async function readListNames(db: SupabaseClient, workspaceId: string): Promise<readonly string[]> {
  const lists = rowsOf(
    await db
      .from("recipient_lists")
      .select("name")
      .eq("workspace_id", workspaceId)
      .order("name")
      .limit(1000)
      .overrideTypes<{ name: string }[], { merge: false }>(),
  );
  return lists.map(({ name }) => name);
}

export async function readDefaultCountry(db: SupabaseClient, workspaceId: string): Promise<string | null> {
  const [workspace] = rowsOf(
    await db
      .from("workspaces")
      .select("default_country")
      .eq("id", workspaceId)
      .overrideTypes<{ default_country: string | null }[], { merge: false }>(),
  );
  return workspace?.default_country ?? null;
}
