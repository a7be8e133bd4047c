import { type CampaignView, DoorRefused, demoTemplates, shop } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedOf, agrees, causeOf, decided, endedWith, launchSlowly, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { truthOf } from "./testing/truth.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

const people = 60;
const perSecond = 20;

/** All that was held has failed with this code, the block is there, and nothing is under way that could be held or refused yet. */
const isDropped = (view: CampaignView, code: number): boolean =>
  view.ledger.counts["held"] === 0 &&
  view.ledger.counts["dispatching"] === 0 &&
  (causeOf(view, code, "failed")?.count ?? 0) > 0 &&
  view.blocks.length > 0;

describe("messages that the provider keeps back", () => {
  test("released: they are shown as held, then count as sent; nothing is sent again", async () => {
    await world.product.simulator.begin("held-released");
    const campaignId = await launchSlowly(
      world,
      { name: "Held and released", people: peopleFrom(0, people), template: "offer" },
      perSecond,
    );
    await reportWhen(
      world,
      campaignId,
      "held ones, named",
      (view) => (view.ledger.counts["held"] ?? 0) > 0 && view.causes.some(({ state }) => state === "held"),
    );
    await reportWhen(world, campaignId, "the end", endedWith("sent", people), 60_000);
    expect((await truthOf(world.product, campaignId)).requests).toBe(people);
    await agrees(world, campaignId);
  });

  test("dropped with 132015: the held ones fail, the template is blocked, and only a person's resend sends them again", async () => {
    await world.product.simulator.begin("held-dropped");
    const campaignId = await launchSlowly(
      world,
      { name: "Held and dropped", people: peopleFrom(60, people), template: "offer" },
      perSecond,
    );
    const dropped = await reportWhen(world, campaignId, "the held ones to fail", (view) => isDropped(view, 132015));
    expect(causeOf(dropped, 132015, "failed")).toMatchObject({ class: "TEMPLATE" });
    expect(dropped.blocks).toEqual([expect.objectContaining({ scope: "template" })]);

    // webhooks tell whole seconds, and of two words of one second the one that stops holds
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await world.product.simulator.begin("slow-answers");
    await world.product.simulator.act({ do: "template", status: "APPROVED" });
    const rest = await reportWhen(world, campaignId, "what was not held", (view) => view.campaign.status === "partially_sent", 60_000);
    const failed = rest.ledger.counts["failed"] ?? 0;
    expect(failed).toBeGreaterThan(0);
    expect((await truthOf(world.product, campaignId)).accepted).toBe(people);
    await agrees(world, campaignId);

    const resent = await decided(() =>
      world.operator.resend(campaignId, { what: "failed", reasons: ["132015"], note: "the template was approved again" }, "resend-dropped"),
    );
    expect(resent).toMatchObject({ moved: failed, left: 0, runNo: 1 });
    await reportWhen(world, campaignId, "the resent ones", endedWith("sent", people), 60_000);
    await agrees(world, campaignId);
  });

  test("dropped with 135000: they fail, and the whole account is blocked until that is settled with the provider", async () => {
    await world.product.simulator.begin("portfolio-dropped");
    const campaignId = await launchSlowly(
      world,
      { name: "Portfolio dropped", people: peopleFrom(120, people), template: "offer" },
      perSecond,
    );
    const dropped = await reportWhen(world, campaignId, "the held ones to fail", (view) => isDropped(view, 135000));
    expect(causeOf(dropped, 135000, "failed")).toMatchObject({ class: "WABA" });
    // the refusal's block, and the restriction's as soon as its webhook is read
    expect(new Set(dropped.blocks.map(({ scope, class: why }) => `${scope} ${why}`))).toEqual(new Set(["waba WABA"]));

    await world.product.simulator.begin("slow-answers");
    await eventually("what was not held", 60_000, async () => {
      for (const { blockId } of await world.operator.blocks(shop.workspaceId))
        await world.operator.cure(shop.workspaceId, blockId, "settled");
      return (await world.operator.campaign(campaignId)).campaign.status === "partially_sent";
    });
    await agrees(world, campaignId);
  });
});

test("a template that becomes another one pauses the campaign; no word of the new one is sent, and it goes on when the old one is back", async () => {
  const { product, operator } = world;
  await product.simulator.begin("template-changed");
  const campaignId = await launchSlowly(world, { name: "Another template", people: peopleFrom(180, people) }, 10);
  const paused = await reportWhen(world, campaignId, "the pause", (view) => view.campaign.status === "paused");
  expect(paused.campaign.pauseReasons).toEqual(["template_changed"]);
  const accepted = acceptedOf(await reportWhen(world, campaignId, "nothing under way", (view) => view.ledger.counts["dispatching"] === 0));
  expect(accepted).toBeLessThan(people);
  const { requests } = await truthOf(product, campaignId);
  await expect(operator.control(campaignId, "resume")).rejects.toThrow(DoorRefused);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await truthOf(product, campaignId)).requests).toBe(requests);

  await product.simulator.begin("slow-answers");
  for (const { name, language, category, components } of demoTemplates)
    await product.simulator.act({ do: "template", name, language, category, components });
  for (const { blockId } of await operator.blocks(shop.workspaceId)) await operator.cure(shop.workspaceId, blockId, "the old text is back");
  // one click, once the list of templates was read again
  await eventually("the resume to be taken", 60_000, () => operator.control(campaignId, "resume").then(() => true));
  await reportWhen(world, campaignId, "the rest", endedWith("sent", people), 60_000);
  await agrees(world, campaignId);
});
