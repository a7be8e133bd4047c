import { createClient } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import type { Member } from "../../panel/member.ts";
import { readTemplates } from "./read-templates.ts";

const mostAnswered = 1000;
/** An account with so many templates in each language, as PostgREST tells of it: never more rows than it answers at once. */
function accountOf(counts: Readonly<Record<string, number>>): Member {
  const rows = Object.entries(counts).flatMap(([language, count]) =>
    Array.from({ length: count }, (_, at) => ({
      source_id: "s",
      name: `t${at}`,
      language,
      category: "UTILITY",
      status: "APPROVED",
      components: [],
    })),
  );
  const answer = async (input: RequestInfo | URL): Promise<Response> => {
    const { searchParams } = new URL(input instanceof Request ? input.url : input);
    const after = searchParams.get("language")?.replace(/^gt\./, "") ?? "";
    const found = rows.filter(({ language }) => language > after).toSorted((one, other) => (one.language < other.language ? -1 : 1));
    return Response.json(found.slice(0, Math.min(mostAnswered, Number(searchParams.get("limit") ?? mostAnswered))));
  };
  return { db: createClient("http://database", "key", { global: { fetch: answer } }), workspaceId: "w" } as unknown as Member;
}
const everything = { words: "", category: "", language: "", status: "" };

test("every language can be filtered by, however many templates the account has", async () => {
  const { languages, isCut } = await readTemplates(accountOf({ de: 40, en: 2300, es: 700, pt_BR: 1 }), "s", everything);
  expect(languages).toEqual(["de", "en", "es", "pt_BR"]);
  expect(isCut).toBe(true);
  expect((await readTemplates(accountOf({}), "s", everything)).languages).toEqual([]);
});
