import { refreshPlans, syncTemplates } from "@herald/campaign";
import type { RemoteTemplate, SenderPlan } from "@herald/provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aTemplate, aCampaign as campaignOfTemplate, createWorld, eventually, fakeProvider, type Shop, type World } from "../index.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const log = { info: () => undefined, warn: () => undefined };
const owner = () => world.database.owner;

async function rowOf<Row>(text: string, values: readonly unknown[]): Promise<Row> {
  return (await owner().query(text, [...values])).rows[0] as Row;
}
const planOf = ({ sender }: Shop) =>
  rowOf<{ cap: number; source: string; level: string; isChecked: boolean; problem: string | null }>(
    `select cap_per_second as cap, plan_source as source, plan_level as level, plan_checked_at is not null as "isChecked", plan_problem as problem
     from phone_numbers where id = $1`,
    [sender.senderId],
  );
/** Everything is due again, whenever it was last asked. */
const dueAgain = () =>
  owner().query("update phone_numbers set plan_due_at = clock_timestamp(); update sources set templates_due_at = clock_timestamp()");

const refresh = async (answer: Awaited<ReturnType<ReturnType<typeof fakeProvider>["readSenderPlan"]>>) => {
  await dueAgain();
  return refreshPlans(
    { plans: world.engine.plans, providersByName: { meta: { ...fakeProvider(), readSenderPlan: async () => answer } }, log },
    100,
  );
};
const told = (change: Partial<SenderPlan> = {}) =>
  ({ ok: true, value: { capPerSecond: 1000, source: "meta_phone_throughput", level: "HIGH", portfolioLimit: null, ...change } }) as const;
const failed = { ok: false, error: { type: "lookup_failed", code: "190", detail: "expired", isInMaintenance: false } } as const;

test("a plan is what the provider told last; a look-up that fails keeps it for a day, then the number is an ordinary one", async () => {
  const shop = await world.aShop({ capPerSecond: 80 });
  expect(await planOf(shop)).toEqual({ cap: 80, source: "meta_default_throughput", level: "STANDARD", isChecked: false, problem: null });
  await refresh(told());
  expect(await planOf(shop)).toEqual({ cap: 1000, source: "meta_phone_throughput", level: "HIGH", isChecked: true, problem: null });
  await refresh(failed);
  expect(await planOf(shop)).toMatchObject({ cap: 1000, problem: "190: expired" });
  await owner().query("update phone_numbers set plan_checked_at = plan_checked_at - interval '25 hours'");
  await refresh(failed);
  expect(await planOf(shop)).toMatchObject({ cap: 80, source: "meta_default_throughput", level: "UNKNOWN", problem: "190: expired" });
  await refresh(told());
  expect(await planOf(shop)).toMatchObject({ cap: 1000, problem: null });
});

test("a number of the phone's app keeps its 20 per second, and a look-up brings the portfolio's limit", async () => {
  const shop = await world.aShop({ capPerSecond: 80 });
  const { id } = await rowOf<{ id: string }>(
    "insert into portfolios (workspace_id, provider, provider_portfolio_id) values ($1, 'meta', $2) returning id",
    [shop.workspaceId, shop.sender.providerNumberId],
  );
  await owner().query("update sources set mode = 'coexistence', portfolio_id = $2 where id = $1", [shop.sender.sourceId, id]);
  await refresh(told({ portfolioLimit: 2000 }));
  expect(await planOf(shop)).toMatchObject({ cap: 20, source: "meta_coexistence", level: "HIGH" });
  const limit = () => rowOf("select messaging_limit as n from portfolios where id = $1", [id]);
  expect(await limit()).toEqual({ n: 2000 });
  await refresh(told());
  expect(await limit(), "an answer that does not say changes nothing").toEqual({ n: 2000 });
  // of two words of one second the strictest holds
  await owner().query("update provider_words set at = at - interval '1 second' where subject_id = $1", [id]);
  await refresh(told({ portfolioLimit: "unlimited" }));
  expect(await limit()).toEqual({ n: null });
});

const remote = ({ template }: Shop, change: Partial<RemoteTemplate> = {}): RemoteTemplate => ({
  providerTemplateId: "777",
  name: template.frozen.name,
  language: template.frozen.language,
  category: template.frozen.category,
  status: "APPROVED",
  isSendable: true,
  cures: ["PAUSED"],
  refusals: [],
  parameterFormat: "positional",
  components: [{ text: "Hello {{1}}", type: "BODY" }],
  ...change,
});
const sync = async (of: Shop, templates: readonly RemoteTemplate[]) => {
  await dueAgain();
  const { accessToken } = of.sender;
  const listTemplates: ReturnType<typeof fakeProvider>["listTemplates"] = async (account) =>
    account.accessToken === accessToken
      ? { ok: true, value: templates }
      : { ok: false, error: { type: "lookup_failed", code: null, detail: "another test's", isInMaintenance: false } };
  await syncTemplates({ templateSync: world.engine.templateSync, providersByName: { meta: { listTemplates } }, log }, 100);
};
const templateOf = ({ sender, template }: Shop, name = template.frozen.name) =>
  rowOf<{ status: string; category: string; hash: string; components: unknown }>(
    "select status, category, components_hash as hash, components from templates where source_id = $1 and name = $2",
    [sender.sourceId, name],
  );
const campaignOf = (campaignId: string) =>
  rowOf<{ flag: string; status: string; reasons: string[] }>(
    "select c.flag, h.status, h.pause_reasons as reasons from campaign_controls c join campaign_history h on h.id = c.campaign_id where h.id = $1",
    [campaignId],
  );
const aCampaign = async (shop: Shop) =>
  shop
    .aCampaign()
    .with(await shop.contacts(2))
    .launch();

test("L8: a list that says the same, its keys in whatever order, changes nothing and pauses nobody", async () => {
  const shop = await world.aShop();
  const campaignId = await aCampaign(shop);
  const before = await templateOf(shop);
  await sync(shop, [remote(shop)]);
  await sync(shop, [remote(shop, { components: [{ type: "BODY", text: "Hello {{1}}" }] })]);
  expect(await templateOf(shop)).toEqual(before);
  expect(await campaignOf(campaignId)).toMatchObject({ flag: "running", reasons: [] });
  expect(
    await rowOf("select templates_synced_at is not null as is, templates_problem as problem from sources where id = $1", [
      shop.sender.sourceId,
    ]),
  ).toEqual({
    is: true,
    problem: null,
  });
});

test.each([
  ["content", { components: [{ type: "BODY", text: "Bye {{1}}" }] }],
  ["category", { category: "UTILITY" }],
] as const)("L8: another %s in the list pauses the campaigns that froze the old one", async (_what, change) => {
  const shop = await world.aShop();
  const campaignId = await aCampaign(shop);
  await sync(shop, [remote(shop, change)]);
  await sync(shop, [remote(shop, change)]);
  expect(await campaignOf(campaignId)).toEqual({ flag: "paused", status: "paused", reasons: ["template_changed"] });
  const late = await campaignOf(await aCampaign(shop));
  expect(late, "one that was launched with what was read before is paused as it is sealed").toMatchObject({
    reasons: ["template_changed"],
  });
});

test("a new template is there for the next campaign, one that is gone blocks its own, and an empty list is not believed", async () => {
  const shop = await world.aShop();
  await aCampaign(shop);
  await sync(shop, []);
  expect(await templateOf(shop)).toMatchObject({ status: "APPROVED" });
  await sync(shop, [remote(shop, { name: "brand_new", components: [{ b: 1, a: 2 }] })]);
  expect(await templateOf(shop)).toMatchObject({ status: "DELETED" });
  const fresh = await templateOf(shop, "brand_new");
  expect(fresh).toMatchObject({ status: "APPROVED", components: [{ a: 2, b: 1 }] });
  expect(await rowOf("select herald.components_hash($1) as hash", ['[{"a": 2, "b": 1}]'])).toEqual({ hash: fresh.hash });
  expect(await rowOf("select class, code from blocks where workspace_id = $1 and cured_at is null", [shop.workspaceId])).toEqual({
    class: "TEMPLATE",
    code: "DELETED",
  });
});

test("templates are written one by one: while one waits for its campaigns, those of the others are free, and half a list is no harm", async () => {
  const shop = await world.aShop();
  const { workspaceId, actor, sender } = shop;
  const second = await aTemplate(owner(), workspaceId, sender.sourceId);
  const templates = [shop.template, second].toSorted((a, b) => a.frozen.name.localeCompare(b.frozen.name));
  const people = await shop.contacts(1);
  const campaigns = [];
  for (const template of templates)
    campaigns.push(await campaignOfTemplate(world.verbs, { workspaceId, actor, sender, template }).with(people).launch());
  const [free = "", awaited = ""] = campaigns;
  const list = templates.map(({ frozen }) => remote(shop, { name: frozen.name, category: "UTILITY" }));
  const verb = await owner().connect();
  try {
    await verb.query("begin");
    await verb.query("select from campaign_controls where campaign_id = $1 for update", [awaited]);
    const syncing = sync(shop, list);
    await eventually("the sync waits", async () => {
      const waits = "select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0";
      return (await owner().query(waits)).rowCount === 1;
    });
    expect(await campaignOf(free), "the first is written").toMatchObject({ flag: "paused", reasons: ["template_changed"] });
    await verb.query("select from campaign_controls where campaign_id = $1 for update nowait", [free]);
    await verb.query("commit");
    await syncing;
  } finally {
    verb.release();
  }
  expect(await campaignOf(awaited)).toMatchObject({ flag: "paused", reasons: ["template_changed"] });
  await sync(shop, [remote(shop, { name: "another", category: "UTILITY" })]);
  for (const { frozen } of templates) expect(await templateOf(shop, frozen.name)).toMatchObject({ status: "DELETED" });
});

test("a row that cannot be processed comes back later and later, holds up no other, and is parked after forty tries", async () => {
  const { engine, door } = world;
  await door.appendToInbox("meta", Uint8Array.of(1));
  const [poison] = await engine.inbox.claim(10);
  if (!poison) throw new Error("the row was claimed");
  const waitS = () =>
    rowOf<{ s: number | null }>(
      "select case when isfinite(available_at) then extract(epoch from available_at - clock_timestamp())::int end as s from webhook_inbox where id = $1",
      [poison.inboxId],
    ).then(({ s }) => s);
  const waits: (number | null)[] = [];
  for (let tries = 1; tries <= 40; tries += 1) {
    await engine.inbox.markProblem(poison.inboxId, "no");
    waits.push(await waitS());
  }
  expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16]);
  expect(waits.slice(12, 39)).toEqual(Array.from({ length: 27 }, () => 3600));
  expect(waits.at(-1)).toBeNull();
  await door.appendToInbox("meta", Uint8Array.of(2));
  expect((await engine.inbox.claim(10)).map(({ body }) => body[0])).toEqual([2]);
  expect(await engine.inbox.lagMs()).toBeLessThan(10_000);
});
