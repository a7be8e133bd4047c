import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";

const sampled = 20;
const importsAsked = 30;

export type Sample = { readonly peopleIds: readonly string[]; readonly fields: readonly string[] };

/** Somebody to read the message with before an audience is chosen, and the fields that contacts of this workspace have. */
export async function readSample(member: Member): Promise<Sample> {
  const [people, imports] = await Promise.all([
    member.db.from("contacts").select("id, fields").eq("workspace_id", member.workspaceId).eq("status", "active").limit(sampled),
    member.db
      .from("import_batches")
      .select("fields:mapping->fields")
      .eq("workspace_id", member.workspaceId)
      .order("created_at", { ascending: false })
      .limit(importsAsked),
  ]);
  const rows: readonly { readonly id: string; readonly fields: Readonly<Record<string, string>> }[] = rowsOf(people);
  const mapped: readonly { readonly fields: unknown }[] = rowsOf(imports);
  const keys = [...mapped, ...rows].flatMap(({ fields }) => (typeof fields === "object" && fields !== null ? Object.keys(fields) : []));
  return { peopleIds: rows.map(({ id }) => id), fields: [...new Set(keys)].toSorted() };
}

export type AudiencePart = { readonly id: string; readonly name: string; readonly people: number; readonly atMs: number | null };
export type AudienceParts = {
  readonly lists: readonly AudiencePart[];
  readonly tags: readonly AudiencePart[];
  readonly imports: readonly AudiencePart[];
};
const mostParts = 500;

/** What an audience can be built from, with how many people each part has. */
export async function readAudienceParts(member: Member): Promise<AudienceParts> {
  const of = (view: string, columns: string) =>
    member.db.from(view).select(columns).eq("workspace_id", member.workspaceId).limit(mostParts);
  const [lists, tags, imports] = await Promise.all([
    of("audience_lists", "id:list_id, name, people").order("name"),
    of("audience_tags", "id:tag, name:tag, people").order("tag"),
    of("audience_imports", "id:import_batch_id, name:file_name, people, at:created_at").order("created_at", { ascending: false }),
  ]);
  return { lists: partsOf(lists), tags: partsOf(tags), imports: partsOf(imports) };
}

type PartRow = { readonly id: string; readonly name: string; readonly people: number; readonly at?: string };
const partsOf = (answer: Parameters<typeof rowsOf>[0]): readonly AudiencePart[] =>
  (rowsOf(answer) as readonly PartRow[]).map(({ id, name, people, at }) => ({
    id,
    name,
    people,
    atMs: at === undefined ? null : Date.parse(at),
  }));
