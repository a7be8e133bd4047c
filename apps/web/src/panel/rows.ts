import type { PostgrestError } from "@supabase/supabase-js";

/** The rows of an answer of PostgREST; a failure is thrown, the page's error boundary tells it. */
export function rowsOf<Row>(answer: { readonly data: Row | null; readonly error: PostgrestError | null }): Row {
  if (answer.error) throw new Error(`the database refused a read: ${answer.error.code} ${answer.error.message}`);
  if (answer.data === null) throw new Error("the database answered nothing");
  return answer.data;
}
