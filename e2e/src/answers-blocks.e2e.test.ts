import { type CampaignView, shop } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agrees, causeOf, draftOf, endedWith, launchSlowly, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { truthOf } from "./testing/truth.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

/** So slow that a refusal is known long before the last request: what is sent after it is what the block let through. */
const pacePerSecond = 20;
const people = 60;

/** One scenario that stops the campaign after ten acceptances; answers the report once everything stands still. */
async function blockedBy(
  scenario: string,
  name: string,
  first: number,
  count = people,
): Promise<{ campaignId: string; view: CampaignView }> {
  await world.product.simulator.begin(scenario);
  const campaignId = await launchSlowly(world, { name, people: peopleFrom(first, count) }, pacePerSecond);
  const view = await reportWhen(world, campaignId, "the block", (seen) => seen.blocks.length > 0);
  return { campaignId, view };
}

/** Nothing leaves while the block is there, and only few were refused before it was known. */
async function standsStill(campaignId: string): Promise<CampaignView> {
  await reportWhen(
    world,
    campaignId,
    "nothing under way, and the refused to wait",
    (seen) => seen.ledger.counts["dispatching"] === 0 && seen.deferred.length > 0,
  );
  // a refusal told by webhook after the cure would block again
  await eventually("every webhook to be delivered", 20_000, async () => (await world.product.simulator.summary()).queueEmpty);
  const before = await truthOf(world.product, campaignId);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await truthOf(world.product, campaignId)).requests).toBe(before.requests);
  expect(before.requests).toBeLessThan(people);
  const view = await world.operator.campaign(campaignId);
  expect(view.campaign.status).toBe("sending");
  expect(view.ledger.counts["failed"]).toBe(0);
  return view;
}

async function allSent(campaignId: string, count = people): Promise<void> {
  const done = await reportWhen(world, campaignId, "the rest to be sent", endedWith("sent", count), 60_000);
  expect(done.blocks).toEqual([]);
  expect(done.deferred).toEqual([]);
  await agrees(world, campaignId);
}

const cure = async (view: CampaignView): Promise<number> =>
  (await world.operator.cure(shop.workspaceId, view.blocks[0]?.blockId ?? "", "the cause is gone")).freed;

describe("answers that speak of more than one message block what they speak of, defer what was refused, and are cured", () => {
  test("132015, template paused: a block of the template; its approval by webhook sends the rest, without anybody's doing", async () => {
    const { campaignId, view } = await blockedBy("template-paused", "Paused template", 780, 12);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "template", class: "TEMPLATE" })]);
    // the webhook and the refusals of the last two race: what the block let through was refused and waits, the rest is still queued
    const still = await reportWhen(world, campaignId, "the stall to be named", (seen) => seen.stalled === "blocked", 60_000);
    const refused = still.ledger.counts["deferred"] ?? 0;
    expect(refused + (still.ledger.counts["queued"] ?? 0)).toBe(2);
    expect(causeOf(still, 132015, "deferred")?.count ?? 0).toBe(refused);
    for (const wait of still.deferred) {
      expect(wait).toMatchObject({ blockId: view.blocks[0]?.blockId, cure: "mend_template", earliestAt: null });
      expect(wait.sentence).toMatch(
        /^[12] waits? until that is cured, because the provider refuses the template \(132015\)\. Have the template approved again, then cure the block\.$/,
      );
    }

    // webhooks tell whole seconds, and of two words of one second the one that stops holds
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await world.product.simulator.act({ do: "template", status: "APPROVED", quality: "GREEN" });
    await allSent(campaignId, 12);
  });

  test("132016, template disabled: the cure door is the one click after which the rest is sent", async () => {
    const { campaignId, view } = await blockedBy("template-disabled", "Disabled template", 420);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "template", class: "TEMPLATE" })]);
    const still = await standsStill(campaignId);
    expect(await world.operator.blocks(shop.workspaceId)).toEqual([expect.objectContaining({ scope: "template", campaigns: 1 })]);

    // approved again, and no webhook tells of it
    await world.product.simulator.begin("slow-answers");
    expect(await cure(still)).toBe(still.ledger.counts["deferred"]);
    await allSent(campaignId);
    await world.product.simulator.act({ do: "template", status: "APPROVED" });
    // a draft with it passes once the webhook was read
    const draft = { ...draftOf("order"), audience: { tags: ["nobody"] } };
    await eventually("the template to be approved here too", 30_000, async () => (await world.operator.preview(draft)).matched === 0);
  });

  test("131048 by webhook, number limited for its quality: a block of the number; cured by its door", async () => {
    const { campaignId, view } = await blockedBy("number-restricted", "Limited number", 360);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "number", class: "NUMBER", code: "131048" })]);
    const still = await standsStill(campaignId);
    expect(still.deferred).toEqual([expect.objectContaining({ class: "NUMBER", code: "131048", cure: "ask_provider" })]);
    expect(still.deferred[0]?.sentence).toContain("because the provider refuses the sender's number (131048)");

    await world.product.simulator.script([]);
    await cure(still);
    await allSent(campaignId);
  });

  test("131042 by webhook, nothing to pay with: the account is blocked at the first hit", async () => {
    const { campaignId, view } = await blockedBy("waba-payment", "Nothing to pay with", 540);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "waba", class: "WABA", code: "131042" })]);
    const still = await standsStill(campaignId);
    expect(still.deferred).toEqual([expect.objectContaining({ class: "WABA", code: "131042", cure: "ask_provider" })]);

    await world.product.simulator.act({ do: "payment_solved" });
    await cure(still);
    await allSent(campaignId);
  });

  test("368 and its webhook, account restricted for two seconds: it goes on by the provider's word alone", async () => {
    const { campaignId, view } = await blockedBy("account-restricted", "Restricted account", 600);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "waba", class: "WABA" })]);
    await allSent(campaignId);
  });

  test("190, token expired: a block of the account that says what to renew; after the cure it goes on", async () => {
    const { campaignId, view } = await blockedBy("token-expired", "Expired token", 660);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "waba", class: "TOKEN", code: "190" })]);
    const still = await standsStill(campaignId);
    expect(still.deferred).toEqual([expect.objectContaining({ class: "TOKEN", code: "190", cure: "renew_token" })]);
    expect(still.deferred[0]?.sentence).toContain("Renew the account's token, then cure the block.");

    await world.product.simulator.act({ do: "renew_token" });
    await cure(still);
    await allSent(campaignId);
  });

  test("134011 and 133000, a person must look: blocked until one has", async () => {
    await world.product.simulator.begin("ops");
    const campaignId = await launchSlowly(world, { name: "Somebody must look", people: peopleFrom(720, people) }, pacePerSecond);
    const view = await reportWhen(world, campaignId, "the block", (seen) => seen.blocks.length > 0);
    expect(view.blocks).toEqual([expect.objectContaining({ scope: "waba", class: "OPS", code: "134011" })]);
    const still = await standsStill(campaignId);
    expect(still.deferred[0]?.sentence).toContain("refused them in a way that a person must look at (134011)");

    await world.product.simulator.script([]);
    await cure(still);
    await allSent(campaignId);
  });
});
