import { type Alike, type AudiencePreview, type Candidate, PreviewInput, previewAudience } from "@herald/campaign";
import { expectOk } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";

let world: World;
const shops = new Map<string, Shop>();
const people = 3000;

/** Everything that decides, in random company: flags, countries, numbers of the United States and not, words that are there, blank, odd or very long. */
const strangersSql = `
  with people as (
    select gen_random_uuid() as id, n, random() as a, random() as b, random() as c, random() as d, random() as e, random() as f from generate_series(1, $2::int) n
  ), added as (
    insert into contacts (id, workspace_id, display_name, fields, country, status)
    select id, $1, case when a < 0.1 then '   ' else 'Person ' || n end,
      jsonb_strip_nulls(jsonb_build_object('first_name', (array['Ana', 'Bo', '', '  ', E'\\t\\n', E'\\u00a0', E'\\u3000', '名', 'é', null, repeat('long ', 100)])[1 + floor(b * 11)::int],
        'picture', (array['https://example.com/a.png', 'http://example.com/a.png', '', ' https://example.com/b.png', null])[1 + floor(c * 5)::int])),
      (array['AE', 'US', 'CA', null])[1 + n % 4], case when d < 0.1 then 'deleted' else 'active' end from people
  ), reached as (
    insert into contact_addresses (workspace_id, contact_id, channel, kind, value)
    select $1, id, 'whatsapp', 'phone', case n % 4 when 0 then '+97150' || (1000000 + n) when 1 then '+1212' || (1000000 + n) when 2 then '+1416' || (1000000 + n) else '+1242' || (1000000 + n) end
    from people where e > 0.15
    union all select $1, id, 'whatsapp', 'bsuid', case when n % 2 = 0 then 'US.' else 'DE.' end || n from people where e between 0.1 and 0.2
  ), said as (
    insert into consents (workspace_id, contact_id, channel, state, origin)
    select $1, id, 'whatsapp', case when f < 0.1 then 'withdrawn' else 'granted' end, 'test' from people where f < 0.8 returning id, contact_id, state
  ), current as (
    insert into consent_states (workspace_id, contact_id, channel, state, consent_id) select $1, contact_id, 'whatsapp', state, id from said
  ), barred as (
    insert into suppressions (workspace_id, contact_id, channel, kind, value, scope, reason)
    select $1, null, 'whatsapp', 'phone', '+97150' || (1000000 + n), case when n % 8 = 0 then 'all' else 'marketing' end, 'test' from people where n % 4 = 0 and a > 0.85
  ), served as (
    insert into contact_marketing (workspace_id, contact_id, message_id, at) select $1, id, 1, now() from people where b > 0.9
  )
  insert into contact_tags (workspace_id, contact_id, tag) select $1, id, 'all' from people`;

beforeAll(async () => {
  world = await createWorld();
  for (const category of ["MARKETING", "UTILITY"] as const) {
    const shop = await world.aShop({ category, frequencyCap: "24 hours" });
    await world.database.owner.query(strangersSql, [shop.workspaceId, people]);
    shops.set(category, shop);
  }
});
afterAll(() => world.close());

async function* eachOf(audiences: VerbPorts["audiences"]): AsyncGenerator<Candidate> {
  for await (const page of audiences.pages({ tags: ["all"] })) yield* page;
}

/** The same preview, by kinds and by asking for everybody. */
async function twice(shop: Shop, components: readonly object[], variables: object): Promise<readonly AudiencePreview[]> {
  await world.database.owner.query("update templates set components = $2 where id = $1", [
    shop.template.templateId,
    JSON.stringify(components),
  ]);
  const { name, language } = shop.template.frozen;
  const input = PreviewInput.parse({
    senderId: shop.sender.senderId,
    template: { name, language },
    audience: { tags: ["all"] },
    variables,
  });
  return await world.verbs.inTransaction(shop.actor, shop.workspaceId, async (ports) => {
    const ctx = { ...ports, allows: () => true };
    const byKind = await previewAudience(ctx, input);
    const alike = async (): Promise<readonly Alike[]> => {
      const all: Alike[] = [];
      for await (const one of eachOf(ports.audiences)) all.push({ one, people: 1 });
      return all;
    };
    const byHead = await previewAudience({ ...ctx, audiences: { ...ports.audiences, alike } }, input);
    return [expectOk(byKind, "a preview by kind"), expectOk(byHead, "a preview by head")];
  });
}

/** Of counts that are equal the order means nothing. */
const sorted = ({ excluded, countries, ...preview }: AudiencePreview) => ({
  ...preview,
  excluded: excluded.toSorted((one, other) => one.reason.localeCompare(other.reason)),
  countries: countries.toSorted((one, other) => String(one.country).localeCompare(String(other.country))),
});

describe.each(["MARKETING", "UTILITY"])("%s: counted by kind is counted by head", (category) => {
  test.each([
    ["a name that may be missing", [{ type: "BODY", text: "Hello {{1}}" }], { "body.1": { from: "field", field: "first_name" } }],
    ["a fallback", [{ type: "BODY", text: "Hello {{1}}" }], { "body.1": { from: "field", field: "first_name", fallback: "there" } }],
    [
      "the shown name beside a field",
      [{ type: "BODY", text: "{{1}}, {{2}} and {{3}}" }],
      {
        "body.1": { from: "field", field: "display_name" },
        "body.2": { from: "field", field: "first_name", fallback: "you" },
        "body.3": { from: "static", value: "we" },
      },
    ],
    [
      "a picture of one's own",
      [
        { type: "HEADER", format: "IMAGE" },
        { type: "BODY", text: "Hello {{1}}" },
      ],
      { "header.media": { from: "field", field: "picture" }, "body.1": { from: "field", field: "picture", fallback: "none" } },
    ],
    ["nothing of theirs", [{ type: "BODY", text: "Hello" }], {}],
  ])("%s", async (_what, components, variables) => {
    const shop = shops.get(category);
    if (!shop) throw new Error(`there is no shop of ${category}`);
    const [byKind, byHead] = await twice(shop, components, variables);
    if (!byKind || !byHead) throw new Error("there is no preview");
    expect(byHead.matched).toBe(people);
    expect(byHead.excluded.length).toBeGreaterThan(3);
    expect(sorted(byKind)).toEqual(sorted(byHead));
  });
});

test("whoever comes next is found in the order of the launch, from any person on", async () => {
  const shop = shops.get("UTILITY");
  if (!shop) throw new Error("there is no shop");
  await world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ audiences }) => {
    const all: Candidate[] = [];
    for await (const one of eachOf(audiences)) all.push(one);
    expect(await audiences.after({ tags: ["all"] }, null, 7)).toEqual(all.slice(0, 7));
    expect(await audiences.after({ tags: ["all"] }, all[41]?.contactId ?? null, 5)).toEqual(all.slice(42, 47));
    expect(await audiences.after({ tags: ["all"] }, all.at(-2)?.contactId ?? null, 5)).toEqual(all.slice(-1));
  });
});
