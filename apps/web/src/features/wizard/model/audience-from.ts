import type { AudienceChoice } from "./draft-content.ts";

type Given = Readonly<Record<string, string | readonly string[] | undefined>>;
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** The audience that an address asks for ("a campaign to this list"); undefined when it asks for none. */
export function audienceFrom({ list, tag, import: batch }: Given): AudienceChoice | undefined {
  const [listIds, tags, importBatchIds] = [listOf(list), listOf(tag), listOf(batch)];
  if (listIds.length + tags.length + importBatchIds.length === 0) return undefined;
  return { ...(listIds.length > 0 && { listIds }), ...(tags.length > 0 && { tags }), ...(importBatchIds.length > 0 && { importBatchIds }) };
}
