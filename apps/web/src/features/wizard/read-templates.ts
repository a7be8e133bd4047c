import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import type { TemplateView } from "./model/template.ts";
import { type TemplateRow, templateViewOf } from "./model/template-view.ts";

const columns = "source_id, name, language, category, status, components";
/** More than a person reads; a search narrows it. */
const mostTemplates = 60;

export type TemplateFilter = { readonly words: string; readonly category: string; readonly language: string; readonly status: string };
export type TemplateChoice = {
  readonly templates: readonly TemplateView[];
  /** There are more than are shown. */
  readonly isCut: boolean;
  readonly languages: readonly string[];
};

/** The template that a draft names, as the account of the sender has it; null: it is not there (any more). */
export async function findTemplate(
  member: Member,
  sourceId: string,
  { name, language }: { readonly name: string; readonly language: string },
): Promise<TemplateView | null> {
  const rows: readonly TemplateRow[] = rowsOf(
    await member.db
      .from("templates")
      .select(columns)
      .eq("workspace_id", member.workspaceId)
      .eq("source_id", sourceId)
      .eq("name", name)
      .eq("language", language),
  );
  return rows[0] ? templateViewOf(rows[0]) : null;
}

/** Templates of one account, those that may be sent first. */
export async function readTemplates(member: Member, sourceId: string, filter: TemplateFilter): Promise<TemplateChoice> {
  const all = () => member.db.from("templates").select(columns).eq("workspace_id", member.workspaceId).eq("source_id", sourceId);
  let asked = all();
  for (const word of filter.words.split(/[\s_]+/).filter(Boolean)) asked = asked.ilike("name", `%${escaped(word)}%`);
  if (filter.category !== "") asked = asked.eq("category", filter.category);
  if (filter.language !== "") asked = asked.eq("language", filter.language);
  if (filter.status === "APPROVED") asked = asked.eq("status", "APPROVED");
  if (filter.status === "other") asked = asked.neq("status", "APPROVED");
  const [found, languages] = await Promise.all([
    asked
      .order("name")
      .order("language")
      .limit(mostTemplates + 1),
    member.db.from("templates").select("language").eq("workspace_id", member.workspaceId).eq("source_id", sourceId),
  ]);
  const rows: readonly TemplateRow[] = rowsOf(found);
  const used: readonly { readonly language: string }[] = rowsOf(languages);
  return {
    templates: rows
      .slice(0, mostTemplates)
      .map(templateViewOf)
      .toSorted((one, other) => Number(other.status === "APPROVED") - Number(one.status === "APPROVED")),
    isCut: rows.length > mostTemplates,
    languages: [...new Set(used.map(({ language }) => language))].toSorted(),
  };
}

/** What a pattern of SQL would read as its own. */
const escaped = (word: string): string => word.replaceAll(/[\\%_]/g, "\\$&");
