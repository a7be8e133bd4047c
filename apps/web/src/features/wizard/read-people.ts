import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";

const sampled = 20;
const importsAsked = 30;

export type Sample = { readonly peopleIds: readonly string[]; readonly fields: readonly string[] };

/** Somebody to read the message with before an audience is chosen, and the fields that contacts of this workspace have. */
export async function readSample(member: Member): Promise<Sample> {
  const [people, imports] = await Promise.all([
    // the newest: whom one has just imported is whom one means to write to
    member.db
      .from("contacts")
      .select("id, fields")
      .eq("workspace_id", member.workspaceId)
      .eq("status", "active")
      .order("created_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(sampled),
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
