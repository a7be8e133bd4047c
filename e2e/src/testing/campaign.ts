import { audit, type CampaignView, csvColumns, DoorRefused, type Person, recipientsOfSpringSale, shop, toCsv } from "@herald/demo";
import { expect } from "vitest";
import { eventually, type World } from "./world.ts";

/** People of the story who agreed to marketing, none of them in the United States. */
const willing = recipientsOfSpringSale()
  .slice(0, 1990)
  .filter((person) => person.hasConsent);
/** Disjoint groups, the same ones in every run: who meets which trouble of a scenario depends on the number alone. */
export const peopleFrom = (first: number, count: number): readonly Person[] => willing.slice(first, first + count);

/** The two templates a campaign of these tests sends, with what fills them. */
const drafts = {
  offer: {
    template: { name: "spring_sale", language: "en_US" },
    variables: {
      "body.1": { from: "field", field: "first_name", fallback: "there" },
      "body.2": { from: "field", field: "city", fallback: "our shop" },
    },
  },
  order: {
    template: { name: "order_update", language: "en_US" },
    variables: {
      "body.first_name": { from: "field", field: "first_name", fallback: "there" },
      "body.order_number": { from: "static", value: "1042" },
    },
  },
} as const;
export const draftOf = (kind: "offer" | "order") => ({ workspaceId: shop.workspaceId, senderId: shop.sender.id, ...drafts[kind] });

type Wish = {
  readonly name: string;
  readonly people: readonly Person[];
  /** `offer` is marketing, `order` is not. */
  readonly template?: "offer" | "order";
  readonly schedule?: object;
};

/** A list of these people, as an import makes it. */
export async function listOf({ operator }: World, name: string, people: readonly Person[]): Promise<string> {
  const imported = await operator.importCsv(shop.workspaceId, { fileName: `${name}.csv`, listName: name, ...csvColumns }, toCsv(people));
  if (imported.recipientListId === null) throw new Error("the import made no list");
  return imported.recipientListId;
}

/** Imports and launches; the answer is the campaign's id. */
export async function launch(world: World, { name, people, template = "order", schedule }: Wish): Promise<string> {
  const audience = { listIds: [await listOf(world, name, people)] };
  const campaign = { ...draftOf(template), audience, name, ...(schedule ? { schedule } : {}) };
  return (await world.operator.bulkSend(campaign, `test-${name}`.replace(/\W+/g, "-"))).campaignId;
}

/** Launches at a pace of its own, so that something can happen while it runs: set before the first request, then started. */
export async function launchSlowly(world: World, wish: Omit<Wish, "schedule">, maxPerSecond: number): Promise<string> {
  const campaignId = await launch(world, { ...wish, schedule: { at: new Date(Date.now() + 3_600_000).toISOString() } });
  await world.operator.rate(campaignId, { maxPerSecond });
  await world.operator.schedule(campaignId, { now: true });
  return campaignId;
}

/** The report, once it shows what is waited for. */
export async function reportWhen(
  { operator }: World,
  campaignId: string,
  what: string,
  holds: (view: CampaignView) => boolean,
  deadlineMs = 30_000,
): Promise<CampaignView> {
  let view = await operator.campaign(campaignId);
  await eventually(what, deadlineMs, async () => holds((view = await operator.campaign(campaignId)))).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(view)}`);
  });
  return view;
}

/** How many messages have been accepted, whatever receipts they have by now. */
export const acceptedOf = ({ ledger: { counts } }: CampaignView): number =>
  ["accepted", "sent", "delivered", "read", "undelivered"].reduce((sum, bucket) => sum + (counts[bucket] ?? 0), 0);

/** At its end with so many accepted and failed: a status alone may be seen before the last webhook was read. */
export const endedWith =
  (status: "sent" | "partially_sent", accepted: number, failed = 0) =>
  (view: CampaignView): boolean =>
    view.campaign.status === status && acceptedOf(view) === accepted && view.ledger.counts["failed"] === failed;

/** Cancelled, and all that waited is left out. */
export const isCancelled = ({ campaign, ledger: { counts } }: CampaignView): boolean =>
  campaign.status === "cancelled" && ["queued", "dispatching", "deferred"].every((bucket) => counts[bucket] === 0);

/** Failures and waits of one code, by state. */
export const causeOf = ({ causes }: CampaignView, code: number, state: string) =>
  causes.find((cause) => cause.code === String(code) && cause.state === state) ?? null;

/** A decision's answer: its door refuses (409) as long as answers put aside while the database was away may still wait to be read, some seconds at most. */
export async function decided<Answer>(decide: () => Promise<Answer>): Promise<Answer> {
  const endMs = performance.now() + 30_000;
  for (;;)
    try {
      return await decide();
    } catch (error) {
      if (!(error instanceof DoorRefused && error.status === 409) || performance.now() > endMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
}

/** Ledger, provider and conversations agree; nobody was sent to twice and nobody was lost. */
export async function agrees({ stack, product }: World, campaignId: string) {
  const { problems, comparison } = await audit(stack.settings, product.simulator, campaignId, 30_000);
  expect(problems).toEqual([]);
  expect(comparison).toMatchObject({ doubled: 0, lost: 0, isBalanced: true });
  expect((await product.simulator.doubles(`v1.${campaignId}.`)).filter((double) => double.unexcused > 0)).toEqual([]);
  return comparison;
}
