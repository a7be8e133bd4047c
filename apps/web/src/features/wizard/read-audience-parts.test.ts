import { createClient } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import type { Member } from "../../panel/member.ts";
import { readAudienceParts } from "./read-audience-parts.ts";

type Row = { readonly id: string; readonly name: string; readonly people: number };
const partsNamed = (names: readonly string[]): readonly Row[] => names.map((name) => ({ id: name, name, people: 1 }));

/** A workspace as PostgREST tells of it; `asked`: the questions. */
function workspaceWith(views: { readonly audience_lists?: readonly Row[]; readonly audience_tags?: readonly Row[] }) {
  const asked: string[] = [];
  const answer = async (input: RequestInfo | URL): Promise<Response> => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
    asked.push(`${pathname.split("/").at(-1)} ${searchParams.get("name") ?? ""}`.trim());
    const view = pathname.split("/").at(-1) as keyof typeof views;
    const ids = searchParams.get("list_id") ?? searchParams.get("tag");
    const words = searchParams.get("name")?.replace("ilike.%", "").replace(/%$/, "") ?? "";
    const isNamed = ({ id }: Row): boolean => ids?.includes(`"${id.replaceAll(/["\\]/g, "\\$&")}"`) ?? true;
    const found = (views[view] ?? []).filter((row) => isNamed(row) && row.name.includes(words));
    return Response.json(found.slice(0, Number(searchParams.get("limit") ?? 1000)));
  };
  const db = createClient("http://database", "key", { global: { fetch: answer } });
  return { member: { db, workspaceId: "w" } as unknown as Member, asked };
}
const noWords = { lists: "", tags: "", imports: "", notLists: "", notTags: "" };
const many = partsNamed(Array.from({ length: 700 }, (_, at) => `list-${String(at).padStart(3, "0")}`));

test("parts that the audience names are read by name, though the choice is cut before them; one that is gone is not among them", async () => {
  const { member } = workspaceWith({ audience_lists: many });
  const { choices, named } = await readAudienceParts(
    member,
    { listIds: ["list-650"], exclude: { listIds: ["list-699", "gone"] } },
    noWords,
  );
  expect(choices.lists).toMatchObject({ isCut: true, words: "" });
  expect(choices.lists.parts).toHaveLength(500);
  expect(named.lists.asked).toEqual(["list-650", "list-699", "gone"]);
  expect(named.lists.found.map(({ name }) => name)).toEqual(["list-650", "list-699"]);
});

test("words are looked for among all parts, each place by its own, and the same question is asked once", async () => {
  const { member, asked } = workspaceWith({ audience_lists: many });
  const { choices } = await readAudienceParts(member, {}, { ...noWords, notLists: "list-69" });
  expect(choices.notLists).toMatchObject({ isCut: false, words: "list-69" });
  expect(choices.notLists.parts.map(({ name }) => name)).toEqual(many.slice(690).map(({ name }) => name));
  expect(choices.lists.parts).toHaveLength(500);
  expect(asked.toSorted()).toEqual(["audience_imports", "audience_lists", "audience_lists ilike.%list-69%", "audience_tags"]);
});

test("a tag may hold what separates values, and as many are found as an audience may name", async () => {
  const odd = ['a"b', "c,d", "e\\f", "(g)", ...Array.from({ length: 196 }, (_, at) => `tag ${at}`)];
  const { member } = workspaceWith({ audience_tags: partsNamed(odd) });
  const { named } = await readAudienceParts(member, { tags: odd.slice(0, 100), exclude: { tags: odd.slice(100) } }, noWords);
  expect(named.tags.found.map(({ name }) => name).toSorted()).toEqual(odd.toSorted());
});
