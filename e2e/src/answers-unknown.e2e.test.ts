import type { CampaignView } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agrees, decided, endedWith, launch, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { truthOf } from "./testing/truth.ts";
import { openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  // an ambiguous message is given up after five seconds here and not after fifteen minutes
  world = await openWorld({ HERALD_SETTLE_UNKNOWN_MS: "5000" });
});
afterAll(() => world?.end());

const unknownOf = (view: CampaignView): number => view.ledger.counts["unknown"] ?? 0;

/** Ends with exactly those unknown that the provider never took: what it took was settled by its receipts. Each had one request. */
async function endsWithUnknown(campaignId: string, dropped: number, people: number): Promise<CampaignView> {
  const hasEnded = endedWith("partially_sent", people - dropped);
  const ended = await reportWhen(
    world,
    campaignId,
    "the end, and a receipt for each that was taken",
    (view) => hasEnded(view) && unknownOf(view) === dropped && view.unknown?.count === dropped,
    60_000,
  );
  expect(ended.unknown).toMatchObject({ count: dropped, isOverflowRead: expect.any(Boolean) });
  expect(Date.now() - Date.parse(ended.unknown?.oldestAt ?? "")).toBeLessThan(90_000);
  // the others are younger than the two minutes that a fair comparison takes
  expect(ended.unknown?.within2MinShare).toBeNull();
  const truth = await truthOf(world.product, campaignId);
  expect(truth.requests).toBe(people);
  expect([...truth.byRecipient.values()].every((sightings) => sightings.length === 1)).toBe(true);
  const comparison = await agrees(world, campaignId);
  expect(comparison).toMatchObject({ ambiguous: dropped, ambiguousAccepted: 0 });
  return ended;
}

/** Decisions wait for the overflow to be read, which happens every few seconds. */
const overflowRead = (campaignId: string): Promise<CampaignView> =>
  reportWhen(world, campaignId, "the overflow to be read", (view) => view.unknown?.isOverflowRead === true);

describe("no answer, or none that can be read: unknown, settled by receipts, never sent again by itself", () => {
  test("a cut connection; the operator's resend sends those that were never taken, in a run of its own", async () => {
    await world.product.simulator.begin("ambiguous-cut");
    const campaignId = await launch(world, { name: "Cut", people: peopleFrom(780, 60) });
    const seen = await reportWhen(world, campaignId, "unknown ones", (view) => unknownOf(view) > 0);
    expect(seen.campaign.status).toBe("sending");
    await endsWithUnknown(campaignId, 13, 60);

    await overflowRead(campaignId);
    const resent = await decided(() =>
      world.operator.resend(campaignId, { what: "unknown", note: "the provider's log shows none of them" }, "resend-cut"),
    );
    expect(resent).toMatchObject({ moved: 13, left: 0, runNo: 1 });
    const done = await reportWhen(world, campaignId, "the resent ones", endedWith("sent", 60), 60_000);
    expect(done.unknown).toBeNull();
    expect((await truthOf(world.product, campaignId)).requests).toBe(73);
    await agrees(world, campaignId);
    // the same key a second time is the same decision, not a third message
    const repeated = await decided(() =>
      world.operator.resend(campaignId, { what: "unknown", note: "the provider's log shows none of them" }, "resend-cut"),
    );
    expect(repeated).toEqual(resent);
    expect((await truthOf(world.product, campaignId)).requests).toBe(73);
  });

  test("an answer that is no answer: 500, 502 and 503 without the provider's words; the operator writes the lost ones off", async () => {
    await world.product.simulator.begin("server-error");
    const campaignId = await launch(world, { name: "Proxy errors", people: peopleFrom(360, 60) });
    await endsWithUnknown(campaignId, 13, 60);

    await overflowRead(campaignId);
    const off = await decided(() => world.operator.writeOff(campaignId, { note: "nobody got them" }));
    expect(off).toMatchObject({ moved: 13, left: 0 });
    const done = await world.operator.campaign(campaignId);
    expect(done.unknown).toBeNull();
    expect(done.ledger.counts).toMatchObject({ unknown: 0, failed: 13 });
    const failed = await world.operator.messages(campaignId, { state: "failed" });
    expect(failed.length).toBe(13);
    expect(new Set(failed.map((message) => message.reason))).toEqual(new Set(["written_off"]));
    expect((await truthOf(world.product, campaignId)).requests).toBe(60);
    await agrees(world, campaignId);
  });

  test("no answer ever comes, from a hanging or a half-open connection: given up after twenty seconds", async () => {
    await world.product.simulator.begin("ambiguous-hang");
    const campaignId = await launch(world, { name: "Hanging", people: peopleFrom(420, 60) });
    await endsWithUnknown(campaignId, 7, 60);
    await overflowRead(campaignId);
    const [lost] = await world.operator.messages(campaignId, { state: "unknown" });
    const why = await world.operator.message(campaignId, lost?.messageId ?? "");
    expect(why.attempts).toEqual([expect.objectContaining({ attempt: 1, outcome: "unknown", receipt: null })]);
  });
});
