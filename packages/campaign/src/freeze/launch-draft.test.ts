import { expect, test } from "vitest";
import { aLaunch, aPerson, aSavedDraft, type FakeWorld, fakeCtx, people } from "../testing/fake-ctx.ts";
import { aCampaignId, aDraftId } from "../testing/ids.ts";
import { launchCampaign } from "./launch-campaign.ts";

async function launchOf(world: FakeWorld, change: Parameters<typeof aLaunch>[0] = {}) {
  const { ctx, written } = fakeCtx(world);
  return { answer: await launchCampaign(ctx, aLaunch(change)), written };
}
const draftId = aDraftId();
const seen = { matched: 3, eligible: 2, excluded: [{ reason: "no_consent", count: 1 }] } as const;
const world: FakeWorld = { people: [aPerson(1), aPerson(2), aPerson(3, { marketingConsent: null })] };

test("an audience that is as it was shown is launched", async () => {
  const { answer, written } = await launchOf(world, { expected: seen });
  expect(answer).toMatchObject({ ok: true, value: { planned: 3, eligible: 2 } });
  expect(written.sealed).not.toBeNull();
});

test("figures agree whatever the order of the reasons, and a reason of nobody is none", async () => {
  const more: FakeWorld = { people: [...(world.people ?? []), aPerson(4, { suppression: "all" })] };
  const excluded = [
    { reason: "suppressed", count: 1 },
    { reason: "no_consent", count: 1 },
    { reason: "opted_out", count: 0 },
  ] as const;
  expect((await launchOf(more, { expected: { matched: 4, eligible: 2, excluded } })).answer).toMatchObject({ ok: true });
});

test("an audience that is another than was shown is not launched: what differs is named, and nothing is sealed", async () => {
  const changed: FakeWorld = { people: [aPerson(1), aPerson(2, { suppression: "marketing" }), aPerson(3), aPerson(4)] };
  const { answer, written } = await launchOf({ ...changed, draft: aSavedDraft() }, { expected: seen, draftId });
  expect(answer).toEqual({
    ok: false,
    error: {
      type: "audience_changed",
      expected: seen,
      actual: { matched: 4, eligible: 3, excluded: [{ reason: "opted_out", count: 1 }] },
      changes: [
        { what: "eligible", from: 2, to: 3 },
        { what: "matched", from: 3, to: 4 },
        { what: "no_consent", from: 1, to: 0 },
        { what: "opted_out", from: 0, to: 1 },
      ],
    },
  });
  expect(written).toMatchObject({ sealed: null, drafts: [] });
});

test("as many people, left out for other reasons, are another audience", async () => {
  const other: FakeWorld = { people: [aPerson(1), aPerson(2), aPerson(3, { suppression: "all" })] };
  expect((await launchOf(other, { expected: seen })).answer).toMatchObject({
    error: {
      changes: [
        { what: "no_consent", from: 1, to: 0 },
        { what: "suppressed", from: 0, to: 1 },
      ],
    },
  });
});

test("what would be sent again with the actual figures is launched", async () => {
  const changed: FakeWorld = { people: people(5) };
  const { answer } = await launchOf(changed, { expected: seen });
  if (answer.ok || answer.error.type !== "audience_changed") throw new Error("it was not refused");
  expect((await launchOf(changed, { expected: answer.error.actual })).answer).toMatchObject({ ok: true });
});

test("nobody, or too many, is said before any difference", async () => {
  expect((await launchOf({ people: [] }, { expected: seen })).answer).toMatchObject({ error: { type: "nobody_eligible" } });
  expect((await launchOf({ people: people(9), maxRecipients: 8 }, { expected: seen })).answer).toMatchObject({
    error: { type: "too_many_recipients" },
  });
});

test("a draft is marked with the campaign that came of it", async () => {
  const { answer, written } = await launchOf({ draft: aSavedDraft() }, { draftId });
  expect(answer).toMatchObject({ ok: true });
  expect(written.drafts).toEqual([{ done: "launched", campaignId: aCampaignId() }]);
});

test("a draft that was launched is not launched again: its campaign is named before anything is written", async () => {
  const { answer, written } = await launchOf({ draft: aSavedDraft({ launchedCampaignId: aCampaignId(7) }) }, { draftId });
  expect(answer).toEqual({ ok: false, error: { type: "draft_launched", campaignId: aCampaignId(7) } });
  expect(written).toMatchObject({ campaign: null, messages: [], drafts: [] });
});

test("L10: a draft of another workspace is not found, and a launch that fails leaves its draft open", async () => {
  expect((await launchOf({}, { draftId })).answer).toEqual({ ok: false, error: { type: "not_found", resource: "draft" } });
  expect((await launchOf({ people: [], draft: aSavedDraft() }, { draftId })).written.drafts).toEqual([]);
});

test("L8: the offer is frozen with the campaign", async () => {
  const offer = [{ label: "Discount", value: "20 % until Sunday" }];
  expect((await launchOf({}, { offer })).written.campaign).toMatchObject({ offer });
});
