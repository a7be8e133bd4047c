import { days, expectOk, hours } from "@herald/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Candidate } from "../audience/audience.ts";
import { previewAudience } from "../audience/preview-audience.ts";
import { aDraft, aLaunch, aPerson, aTemplate, type FakeWorld, fakeCtx, nowMs, people, type Written } from "../testing/fake-ctx.ts";
import { aCampaignId, aContactId } from "../testing/ids.ts";
import { launchCampaign } from "./launch-campaign.ts";

async function launchOf(world: FakeWorld, change: Parameters<typeof aLaunch>[0] = {}) {
  const { ctx, written } = fakeCtx(world);
  return { answer: await launchCampaign(ctx, aLaunch(change)), written };
}

/** What the ledger's rows say will be sent, read through their places in the chunks. */
const frozenOf = ({ messages, chunks }: Written) =>
  messages.flatMap((message) => {
    if ("skipped" in message) return [];
    const chunk = chunks.find(({ chunkNo }) => chunkNo === message.chunkNo);
    return [{ contactId: message.contactId, entry: chunk?.entries[message.entryNo] }];
  });

test("L8: a launch freezes template, audience, variables and times", async () => {
  const template = aTemplate();
  const { answer, written } = await launchOf({ people: people(2), templates: [template] });
  expect(answer).toEqual({ ok: true, value: { campaignId: aCampaignId(), planned: 2, eligible: 2, chunkCount: 1, schedule: null } });
  expect(written.campaign).toEqual({
    kind: "bulk",
    name: "Spring sale",
    senderId: aDraft().senderId,
    sourceId: "source-1",
    templateId: template.templateId,
    frozenTemplate: template.frozen,
    audience: aDraft().audience,
    variables: aDraft().variables,
    offer: [],
    scheduledAtMs: null,
    scheduleZone: null,
    latePolicy: "send",
    expiresAtMs: nowMs + hours(72),
  });
  expect(frozenOf(written)).toEqual(
    people(2).map(({ contactId, address, displayName }) => ({
      contactId,
      entry: { to: address, parameters: { body: [{ name: "1", value: displayName }] } },
    })),
  );
});

test("a scheduled campaign expires so many hours after its start, not after its launch", async () => {
  const scheduledAtMs = nowMs + hours(5);
  const { written } = await launchOf({}, { schedule: { at: new Date(scheduledAtMs).toISOString() }, expiresInHours: 2 });
  expect(written.campaign).toMatchObject({ scheduledAtMs, expiresAtMs: scheduledAtMs + hours(2) });
});

test("a scheduled campaign is measured against the limit of its start, one without a schedule against that of now", async () => {
  const world: FakeWorld = { people: people(30), maxRecipients: 20, limitedBy: "portfolio", maxRecipientsTomorrow: 30 };
  expect((await launchOf(world)).answer).toMatchObject({
    ok: false,
    error: { type: "too_many_recipients", max: 20, limitedBy: "portfolio" },
  });
  expect((await launchOf(world, { schedule: { at: new Date(nowMs + hours(25)).toISOString() } })).answer).toMatchObject({ ok: true });
});

test("a start on a wall clock is kept as its instant, with the zone, what to do when it is missed, and an answer that names what the clocks did to it", async () => {
  const { answer, written } = await launchOf({}, { schedule: { local: "2026-03-29T02:30", zone: "Europe/Berlin" }, ifLate: "ask" });
  const scheduledAtMs = Date.parse("2026-03-29T01:30:00Z");
  expect(written.campaign).toMatchObject({ scheduledAtMs, scheduleZone: "Europe/Berlin", latePolicy: "ask" });
  expect(answer).toMatchObject({
    value: { schedule: { atMs: scheduledAtMs, zone: "Europe/Berlin", local: "2026-03-29T03:30:00", adjusted: "skipped_by_clock_change" } },
  });
});

test("a start that cannot be is refused, and nothing is written", async () => {
  for (const schedule of [
    { at: new Date(nowMs - 1).toISOString() },
    { at: new Date(nowMs + days(90) + 1).toISOString() },
    { local: "2026-02-01T09:00", zone: "Berlin" },
  ]) {
    const { answer, written } = await launchOf({}, { schedule });
    expect(answer).toMatchObject({ ok: false, error: { type: expect.stringMatching("time_passed|invalid_input") } });
    expect(written.campaign).toBeNull();
  }
});

test("when nobody is eligible nothing starts, and every reason is told", async () => {
  const { answer, written } = await launchOf({
    people: [aPerson(1, { suppression: "all" }), aPerson(2, { marketingConsent: null }), aPerson(3, { displayName: "" })],
  });
  expect(answer).toEqual({
    ok: false,
    error: {
      type: "nobody_eligible",
      matched: 3,
      excluded: [
        { reason: "suppressed", count: 1 },
        { reason: "no_consent", count: 1 },
        { reason: "missing_variable", count: 1 },
      ],
    },
  });
  expect(written.sealed).toBeNull();
});

test("more eligible people than the workspace allows are refused; those left out do not count", async () => {
  const { answer, written } = await launchOf({ people: people(30), maxRecipients: 20 });
  expect(answer).toMatchObject({ ok: false, error: { type: "too_many_recipients", max: 20, limitedBy: "workspace" } });
  expect(written.sealed).toBeNull();
  const optedOut = Array.from({ length: 50 }, (_, number) => aPerson(100 + number, { suppression: "marketing" }));
  expect((await launchOf({ people: [...people(20), ...optedOut], maxRecipients: 20 })).answer).toMatchObject({
    ok: true,
    value: { planned: 70, eligible: 20 },
  });
});

test("L1: people left out have their row in the ledger too, with the reason", async () => {
  const { written } = await launchOf({ people: [aPerson(1), aPerson(2, { address: null }), aPerson(3, { isActive: false })] });
  expect(written.messages).toEqual([
    { contactId: aContactId(1), chunkNo: 0, entryNo: 0 },
    { contactId: aContactId(2), skipped: "no_address" },
    { contactId: aContactId(3), skipped: "contact_inactive" },
  ]);
  expect(written.sealed).toEqual({ planned: 3, chunkCount: 1 });
});

const aCandidate = (number: number): fc.Arbitrary<Candidate> =>
  fc
    .record({
      displayName: fc.constantFrom("", "Ana", "Ålesund", "名前"),
      isActive: fc.boolean(),
      address: fc.constantFrom(null, aPerson(number).address, {
        channel: "whatsapp" as const,
        kind: "phone" as const,
        value: "+12125550100",
      }),
      suppression: fc.constantFrom(null, "marketing" as const, "all" as const),
      marketingConsent: fc.constantFrom(null, "granted" as const, "withdrawn" as const),
      isWithinFrequencyCap: fc.boolean(),
      isKnown: fc.boolean(),
    })
    .map((change) => aPerson(number, change));
const anAudience = fc
  .integer({ min: 0, max: 60 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, number) => fc.oneof(aCandidate(number), fc.constant(aPerson(number))))));

test("preview and launch agree on every audience, and what the launch sealed equals its rows", async () => {
  const aCategory = fc.constantFrom("MARKETING" as const, "UTILITY" as const);
  await fc.assert(
    fc.asyncProperty(anAudience, aCategory, async (audience, category) => {
      const { ctx, written } = fakeCtx({ people: audience, templates: [aTemplate({ frozen: { category } })] });
      const preview = expectOk(await previewAudience(ctx, aDraft()), "a preview of any audience");
      fc.pre(preview.eligible > 0);
      const launch = expectOk(await launchCampaign(ctx, aLaunch()), "a launch of what the preview showed");

      expect(launch).toMatchObject({ planned: preview.matched, eligible: preview.eligible, chunkCount: written.chunks.length });
      expect(written.sealed).toEqual({ planned: written.messages.length, chunkCount: written.chunks.length });
      expect(written.messages.map(({ contactId }) => contactId)).toEqual(audience.map(({ contactId }) => contactId));
      const skipped = written.messages.flatMap((message) => ("skipped" in message ? [message.skipped] : []));
      const excluded = preview.excluded.flatMap(({ reason, count }) => Array.from({ length: count }, () => reason));
      expect(skipped.toSorted()).toEqual(excluded.toSorted());

      const frozen = frozenOf(written);
      expect(frozen.map(({ entry }) => entry)).toEqual(written.chunks.flatMap(({ entries }) => entries));
      expect(frozen.slice(0, 20).map(({ contactId, entry }) => [contactId, entry?.parameters.body[0]?.value])).toEqual(
        preview.first.map(({ contactId, parameters }) => [contactId, parameters["body.1"]]),
      );
    }),
  );
});

test("a launch is refused exactly where the preview says that nobody or too many are eligible", async () => {
  await fc.assert(
    fc.asyncProperty(anAudience, fc.integer({ min: 1, max: 30 }), async (audience, maxRecipients) => {
      const { ctx, written } = fakeCtx({ people: audience, maxRecipients });
      const { eligible, isOverLimit } = expectOk(await previewAudience(ctx, aDraft()), "a preview of any audience");
      const launch = await launchCampaign(ctx, aLaunch());
      const expected = isOverLimit ? "too_many_recipients" : eligible === 0 ? "nobody_eligible" : null;
      expect(launch.ok ? null : launch.error.type).toBe(expected);
      expect(written.sealed === null).toBe(expected !== null);
    }),
  );
});

test("a large audience is cut into chunks whose numbers its rows carry", async () => {
  const { answer, written } = await launchOf({ people: people(2500), maxRecipients: 10_000 });
  expect(answer).toMatchObject({ ok: true, value: { eligible: 2500, chunkCount: 3 } });
  expect(written.chunks.map(({ chunkNo, entries }) => [chunkNo, entries.length])).toEqual([
    [0, 1000],
    [1, 1000],
    [2, 500],
  ]);
  expect(written.messages[2499]).toEqual({ contactId: aContactId(2499), chunkNo: 2, entryNo: 499 });
});
