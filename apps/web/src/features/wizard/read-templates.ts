import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import { containing } from "./like-pattern.ts";
import type { TemplateView } from "./model/template.ts";
import { type TemplateRow, templateViewOf } from "./model/template-view.ts";

const columns = "source_id, name, language, category, status, components";
/** More than a person reads; a search narrows it. */
const mostTemplates = 60;
/** Rows asked for at once; PostgREST answers no more than 1,000, and says nothing of those it leaves out. */
const mostRows = 500;

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
  for (const word of filter.words.split(/[\s_]+/).filter(Boolean)) asked = asked.ilike("name", containing(word));
  if (filter.category !== "") asked = asked.eq("category", filter.category);
  if (filter.language !== "") asked = asked.eq("language", filter.language);
  if (filter.status === "APPROVED") asked = asked.eq("status", "APPROVED");
  if (filter.status === "other") asked = asked.neq("status", "APPROVED");
  const [found, languages] = await Promise.all([
    asked
      .order("name")
      .order("language")
      .limit(mostTemplates + 1),
    readLanguages(member, sourceId),
  ]);
  const rows: readonly TemplateRow[] = rowsOf(found);
  return {
    templates: rows
      .slice(0, mostTemplates)
      .map(templateViewOf)
      .toSorted((one, other) => Number(other.status === "APPROVED") - Number(one.status === "APPROVED")),
    isCut: rows.length > mostTemplates,
    languages,
  };
}

/** The languages of an account's templates: after each portion the rest of its last language is left out, so it takes as many as there are languages at most. */
async function readLanguages(member: Member, sourceId: string): Promise<readonly string[]> {
  const languages: string[] = [];
  for (let last: string | undefined = ""; last !== undefined; ) {
    const asked = member.db.from("templates").select("language").eq("workspace_id", member.workspaceId).eq("source_id", sourceId);
    const portion: readonly { readonly language: string }[] = rowsOf(await asked.gt("language", last).order("language").limit(mostRows));
    languages.push(...new Set(portion.map(({ language }) => language)));
    last = portion.length < mostRows ? undefined : languages.at(-1);
  }
  return languages;
}
