import { recipientsOfSpringSale } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  acceptedOf,
  agrees,
  causeOf,
  draftOf,
  endedWith,
  isCancelled,
  launch,
  listOf,
  peopleFrom,
  reportWhen,
} from "./testing/campaign.ts";
import { refusedWith, truthOf } from "./testing/truth.ts";
import { openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

const hourMs = 3_600_000;

describe("answers that speak of one recipient: that one fails or waits, all others go on", () => {
  test("131049, enough marketing for today: deferred for 24 hours with the reason, not tried again, the campaign stays open", async () => {
    await world.product.simulator.begin("hours-per-user-limit");
    const campaignId = await launch(world, { name: "Enough for today", people: peopleFrom(780, 60), template: "offer" });
    const waiting = await reportWhen(
      world,
      campaignId,
      "all accepted but seven, and these to wait",
      (view) => acceptedOf(view) === 53 && view.deferred[0]?.count === 7,
    );
    const [group] = waiting.deferred;
    expect(waiting.deferred).toEqual([expect.objectContaining({ class: "HOURS", code: "131049", count: 7, blockId: null, cure: "none" })]);
    expect(group?.sentence).toMatch(
      /^7 wait until \d{4}-\d\d-\d\d \d\d:\d\d( UTC to .*)? UTC, because the provider limits what these people get within a day \(131049\)\. They are sent by themselves then\.$/,
    );
    const inHours = (Date.parse(group?.earliestAt ?? "") - Date.now()) / hourMs;
    expect(inHours).toBeGreaterThan(23.9);
    expect(inHours).toBeLessThan(24.5);
    expect(waiting.campaign.status).toBe("sending");
    expect(waiting.stalled).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await truthOf(world.product, campaignId)).requests).toBe(60);

    await world.operator.control(campaignId, "cancel");
    const ended = await reportWhen(world, campaignId, "the cancelled campaign", isCancelled);
    expect(ended.skips).toEqual([{ reason: "cancelled", count: 7 }]);
    await agrees(world, campaignId);
  });

  test("131021 and 131026, cannot be reached: those people fail with the cause, at once or by webhook, and are not tried again", async () => {
    await world.product.simulator.begin("contact-undeliverable");
    const campaignId = await launch(world, { name: "Out of reach", people: peopleFrom(780, 60) });
    const done = await reportWhen(world, campaignId, "the end and every failure", endedWith("partially_sent", 51, 9));
    expect(causeOf(done, 131021, "failed")).toMatchObject({ class: "CONTACT", count: 1 });
    expect(causeOf(done, 131026, "failed")).toMatchObject({ class: "CONTACT", count: 8 });
    expect(done.blocks).toEqual([]);
    expect((await truthOf(world.product, campaignId)).requests).toBe(60);
    await agrees(world, campaignId);
  });

  test("131009, 132012, 132005, wrong data in some rows: those rows fail with the cause, the template goes on", async () => {
    await world.product.simulator.begin("row-parameters");
    const campaignId = await launch(world, { name: "Wrong data", people: peopleFrom(780, 60) });
    const done = await reportWhen(world, campaignId, "the end", endedWith("partially_sent", 53, 7));
    expect(causeOf(done, 131009, "failed")).toMatchObject({ class: "ROW", count: 4 });
    expect(causeOf(done, 132012, "failed")).toMatchObject({ class: "ROW", count: 2 });
    expect(causeOf(done, 132005, "failed")).toMatchObject({ class: "ROW", count: 1 });
    expect(done.blocks).toEqual([]);
    expect((await truthOf(world.product, campaignId)).requests).toBe(60);
    await agrees(world, campaignId);
  });

  test("a code that nobody has documented: failed, shown as unclassified with its number, never tried again", async () => {
    await world.product.simulator.script([{ share: { from: 0, to: 0.1 }, answer: { kind: "refuse", code: 139_999 } }]);
    const campaignId = await launch(world, { name: "Never heard of", people: peopleFrom(780, 60) });
    const done = await reportWhen(world, campaignId, "the end", endedWith("partially_sent", 53, 7));
    expect(causeOf(done, 139_999, "failed")).toMatchObject({ class: "unclassified", code: "139999", state: "failed", count: 7 });
    const truth = await truthOf(world.product, campaignId);
    expect(refusedWith(truth, 139_999).every((sightings) => sightings.length === 1)).toBe(true);
    await agrees(world, campaignId);
  });

  test("marketing to the United States is not sent at all, although each such request would be accepted and fail", async () => {
    await world.product.simulator.begin("us-marketing");
    const people = [...peopleFrom(0, 10), ...recipientsOfSpringSale().slice(-10)];
    const audience = { listIds: [await listOf(world, "Both sides of the border", people)] };
    const preview = await world.operator.preview({ ...draftOf("offer"), audience });
    expect(preview.excluded).toEqual([{ reason: "us_marketing", count: 10 }]);
    const campaignId = await launch(world, { name: "Across the border", people, template: "offer" });
    const done = await reportWhen(world, campaignId, "the end", endedWith("sent", 10));
    expect(done.skips).toEqual([{ reason: "us_marketing", count: 10 }]);
    expect((await truthOf(world.product, campaignId)).requests).toBe(10);
    await agrees(world, campaignId);
  });

  test("people whose webhooks show no phone number: receipts and replies are matched to the message and its person all the same", async () => {
    await world.product.simulator.begin("bsuid");
    const campaignId = await launch(world, { name: "No phone number", people: peopleFrom(900, 60) });
    await reportWhen(world, campaignId, "the end", endedWith("sent", 60));
    // that includes the replies: each is in MongoDB, in the one conversation of its person
    await agrees(world, campaignId);
    expect((await world.product.simulator.summary()).replies.emitted).toBeGreaterThan(0);
  });
});
