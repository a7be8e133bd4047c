import type { ContactId } from "@herald/kernel";
import { isMoment } from "../../panel/calendar.ts";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";

const timelinePageSize = 30;
const cursor = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:\+00:00|Z))~([0-9a-f:-]{2,60})$/;

/** Where in the timeline an address points; a misspelt one points to its beginning. */
export type Place = { readonly isOldestFirst: boolean; readonly last: { readonly at: string; readonly key: string } | null };
export function placeOf(given: Readonly<Record<string, string | readonly string[] | undefined>>): Place {
  const [, at, key] = (typeof given["last"] === "string" ? cursor.exec(given["last"]) : null) ?? [];
  return { isOldestFirst: given["order"] === "oldest", last: at && key && isMoment(at) ? { at, key } : null };
}
export function queryOfPlace({ isOldestFirst, last }: Place): string {
  const query = new URLSearchParams({
    ...(isOldestFirst && { order: "oldest" }),
    ...(last && { last: `${last.at}~${last.key}` }),
  }).toString();
  return query === "" ? "?" : `?${query}`;
}

type Facts = Readonly<Record<string, unknown>>;
export type TimelineEvent = { readonly key: string; readonly at: string; readonly kind: string; readonly facts: Facts };
export type TimelinePage = { readonly events: readonly TimelineEvent[]; readonly hasMore: boolean };

export async function readTimeline(
  { db, workspaceId }: Member,
  contactId: ContactId,
  { isOldestFirst, last }: Place,
): Promise<TimelinePage> {
  const events = rowsOf(
    await db.rpc("contact_timeline", {
      p_workspace: workspaceId,
      p_contact: contactId,
      p_last: last?.at ?? null,
      p_last_key: last?.key ?? null,
      p_is_oldest_first: isOldestFirst,
      p_limit: timelinePageSize + 1,
    }),
  ) as readonly TimelineEvent[];
  return { events: events.slice(0, timelinePageSize), hasMore: events.length > timelinePageSize };
}
