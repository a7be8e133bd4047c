import { ContactFilterInput, countContacts, listContacts } from "@herald/contacts";
import { presentContacts } from "../../doors/answers/people.ts";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import type { Filters } from "./filters.ts";

/** Choices of one filter; more than these are found by the search of the list's own screen. */
const maxChoices = 200;

export type Choice = { readonly value: string; readonly text: string };
export type Choices = Readonly<Record<"tag" | "list" | "import" | "country", readonly Choice[]>>;

/** The first page of people and how many there are in all; null when the member's role may not see them. */
export async function readContacts(member: Member, filters: Filters) {
  const filter = ContactFilterInput.parse(filters);
  const [page, count] = await Promise.all([
    member.read((ctx) => listContacts(ctx, filter)),
    member.read((ctx) => countContacts(ctx, filter)),
  ]);
  return page.ok && count.ok ? { page: presentContacts(page.value), count: count.value } : null;
}

/** What the filters offer. */
export async function readChoices({ db, workspaceId }: Member, regions: Intl.DisplayNames): Promise<Choices> {
  const own = { p_workspace: workspaceId };
  const [tags, lists, imports, countries] = await Promise.all([
    db.rpc("contact_tag_names", { ...own, p_limit: maxChoices }),
    db.from("recipient_lists").select("id, name").eq("workspace_id", workspaceId).order("name").limit(maxChoices),
    db.from("import_batches").select("id, file_name").eq("workspace_id", workspaceId).order("created_at", { ascending: false }).limit(50),
    db.rpc("contact_countries", own),
  ]);
  const plain = (values: unknown): readonly string[] => values as readonly string[];
  return {
    tag: plain(rowsOf(tags)).map((tag) => ({ value: tag, text: tag })),
    list: rowsOf(lists).map(({ id, name }) => ({ value: String(id), text: String(name) })),
    import: rowsOf(imports).map(({ id, file_name }) => ({ value: String(id), text: String(file_name) })),
    country: plain(rowsOf(countries))
      .map((code) => ({ value: code, text: regions.of(code) ?? code }))
      .toSorted((one, other) => one.text.localeCompare(other.text)),
  };
}
