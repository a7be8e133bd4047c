import { isMoment } from "../../panel/calendar.ts";

/** Where a page of imports ends: two may have begun at one moment. */
export type ImportCursor = { readonly at: string; readonly id: string };

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|\+00:00)$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const cursorText = ({ createdAt, importId }: { readonly createdAt: string; readonly importId: string }): string =>
  `${createdAt}_${importId}`;

/** Null for what no page gave: an old or mistyped link opens the newest, where the database would refuse it. */
export function readCursor(text: unknown): ImportCursor | null {
  if (typeof text !== "string") return null;
  const [at = "", id = "", ...more] = text.split("_");
  return more.length === 0 && moment.test(at) && isMoment(at) && uuid.test(id) ? { at, id } : null;
}
