import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import { containing } from "./like-pattern.ts";
import {
  type AudiencePart,
  type AudienceParts,
  kindOf,
  type NamedParts,
  namedIds,
  type PartChoice,
  type PartKind,
  type PartWords,
} from "./model/audience-parts.ts";
import type { AudienceChoice } from "./model/draft-content.ts";

/** More than a person looks through; a search narrows it. */
const mostParts = 500;
/** Ids in one request: they stand in its address. */
const idsAtOnce = 50;

const sources = {
  lists: { view: "audience_lists", id: "list_id", name: "name", columns: "id:list_id, name, people", isNewestFirst: false },
  tags: { view: "audience_tags", id: "tag", name: "tag", columns: "id:tag, name:tag, people", isNewestFirst: false },
  imports: {
    view: "audience_imports",
    id: "import_batch_id",
    name: "file_name",
    columns: "id:import_batch_id, name:file_name, people, at:created_at",
    isNewestFirst: true,
  },
} as const satisfies Readonly<Record<PartKind, object>>;

/** What an audience can be built from, with how many people each part has: what fits the words of each search, and those that it names already. */
export async function readAudienceParts(member: Member, audience: AudienceChoice, words: PartWords): Promise<AudienceParts> {
  const asked = new Map<string, Promise<PartChoice>>();
  // the same search in two places is one question
  const choiceOf = (picker: keyof PartWords): Promise<PartChoice> => {
    const question = `${kindOf[picker]} ${words[picker]}`;
    const choice = asked.get(question) ?? readChoice(member, kindOf[picker], words[picker]);
    asked.set(question, choice);
    return choice;
  };
  const ids = namedIds(audience);
  const [lists, tags, imports, notLists, notTags, namedLists, namedTags, namedImports] = await Promise.all([
    choiceOf("lists"),
    choiceOf("tags"),
    choiceOf("imports"),
    choiceOf("notLists"),
    choiceOf("notTags"),
    readNamed(member, "lists", ids.lists),
    readNamed(member, "tags", ids.tags),
    readNamed(member, "imports", ids.imports),
  ]);
  return {
    choices: { lists, tags, imports, notLists, notTags },
    named: { lists: namedLists, tags: namedTags, imports: namedImports },
  };
}

async function readChoice(member: Member, kind: PartKind, words: string): Promise<PartChoice> {
  const { view, id, name, columns, isNewestFirst } = sources[kind];
  const all = member.db.from(view).select(columns).eq("workspace_id", member.workspaceId);
  const fitting = words === "" ? all : all.ilike(name, containing(words));
  const ordered = isNewestFirst ? fitting.order("created_at", { ascending: false }) : fitting.order(name);
  const parts = partsOf(await ordered.order(id).limit(mostParts + 1));
  return { words, parts: parts.slice(0, mostParts), isCut: parts.length > mostParts };
}

async function readNamed(member: Member, kind: PartKind, ids: readonly string[]): Promise<NamedParts> {
  const { view, id, columns } = sources[kind];
  const portions = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, at) => ids.slice(at * idsAtOnce, (at + 1) * idsAtOnce));
  const found = await Promise.all(
    portions.map((portion) =>
      member.db
        .from(view)
        .select(columns)
        .eq("workspace_id", member.workspaceId)
        .filter(id, "in", `(${portion.map(quoted).join(",")})`),
    ),
  );
  return { asked: ids, found: found.flatMap(partsOf) };
}

/** A tag may hold what separates the values of a filter. */
const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, "\\$&")}"`;

type PartRow = { readonly id: string; readonly name: string; readonly people: number; readonly at?: string };
const partsOf = (answer: Parameters<typeof rowsOf>[0]): readonly AudiencePart[] =>
  (rowsOf(answer) as readonly PartRow[]).map(({ id, name, people, at }) => ({
    id,
    name,
    people,
    atMs: at === undefined ? null : Date.parse(at),
  }));
