import { days, expectOk } from "@herald/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { previewAudience } from "../audience/preview-audience.ts";
import type { DraftContent } from "../compose/draft-content.ts";
import { LaunchCampaignInput, launchCampaign } from "../freeze/launch-campaign.ts";
import { aDraft, aPerson, aSender, aTemplate, type FakeWorld, fakeCtx, nowMs, people } from "../testing/fake-ctx.ts";
import { checkContent } from "./check-content.ts";

/** The same content as its launch says it; null: refused before the verb. */
function launchInput({ schedule, ...content }: DraftContent) {
  const when = schedule?.start === "at" ? { schedule: { at: schedule.at, local: schedule.local, zone: schedule.zone } } : {};
  const input = JSON.parse(JSON.stringify({ ...content, ...when, name: "Spring sale" })) as unknown;
  return LaunchCampaignInput.safeParse(input).data ?? null;
}
/** What the launch answers, and the checks that forbid it. */
async function bothOf(world: FakeWorld, content: DraftContent) {
  const { checks } = expectOk(await checkContent(fakeCtx(world).ctx, content), "checks of any content");
  const input = launchInput(content);
  const launch = input && (await launchCampaign(fakeCtx(world).ctx, input));
  return {
    bad: checks.filter(({ state }) => state === "bad").map(({ key, facts }) => `${key}: ${facts.problem}`),
    refusal: launch === null ? "invalid_input" : launch.ok ? null : launch.error.type,
  };
}

const image = aTemplate({ components: [{ type: "HEADER", format: "IMAGE" }] });
const carousel = aTemplate({ components: [{ type: "BODY", text: "{{1}}" }, { type: "CAROUSEL" }] });
const at = (atMs: number) => ({ start: "at", at: new Date(atMs).toISOString() }) as const;
const { senderId, template, audience, variables } = aDraft();
const withoutSender = { template, audience, variables };
const withoutTemplate = { senderId, audience, variables };

test.each<[string, string, FakeWorld, DraftContent]>([
  ["sender: not_allowed", "not_allowed", { allowed: ["campaign.preview"] }, aDraft()],
  ["sender: not_chosen", "invalid_input", {}, withoutSender],
  ["sender: not_found", "not_found", { senders: [] }, aDraft()],
  ["sender: not_connected", "sender_not_ready", { senders: [aSender({ isConnected: false })] }, aDraft()],
  ["template: not_chosen", "invalid_input", {}, withoutTemplate],
  ["template: missing", "template_not_approved", { templates: [] }, aDraft()],
  ["template: not_approved", "template_not_approved", { templates: [aTemplate({ status: "PAUSED" })] }, aDraft()],
  ["template: unsupported_part", "invalid_input", { templates: [carousel] }, aDraft()],
  ["placeholders: missing", "invalid_input", {}, aDraft({ variables: {} })],
  ["placeholders: missing", "invalid_input", {}, aDraft({ variables: { "body.1": { from: "static", value: "" } } })],
  ["placeholders: unknown", "invalid_input", {}, aDraft({ variables: { ...aDraft().variables, "body.2": { from: "static", value: "" } } })],
  ["placeholders: too_large", "entry_too_large", {}, aDraft({ variables: { "body.1": { from: "static", value: "x".repeat(65_000) } } })],
  [
    "media: not_https",
    "invalid_input",
    { templates: [image] },
    aDraft({ variables: { "header.media": { from: "static", value: "ftp://a" } } }),
  ],
  ["day_limit: over_limit", "too_many_recipients", { maxRecipients: 2, limitedBy: "portfolio" }, aDraft()],
  ["recipient_limit: no_audience", "invalid_input", {}, aDraft({ audience: { tags: [] } })],
  ["recipient_limit: part_not_found", "not_found", { foreignParts: ["list-9"] }, aDraft()],
  ["recipient_limit: nobody_chosen", "nobody_eligible", { people: [] }, aDraft()],
  ["recipient_limit: nobody_eligible", "nobody_eligible", { people: [aPerson(1, { suppression: "all" })] }, aDraft()],
  ["recipient_limit: too_many", "too_many_recipients", { maxRecipients: 2 }, aDraft()],
  ["time: no_time", "invalid_input", {}, { ...aDraft(), schedule: { start: "at", local: "2026-02-01T09:00" } }],
  ["time: time_passed", "time_passed", {}, { ...aDraft(), schedule: at(nowMs - 1) }],
  ["time: too_far", "invalid_input", {}, { ...aDraft(), schedule: at(nowMs + days(91)) }],
  ["time: unknown_zone", "invalid_input", {}, { ...aDraft(), schedule: { start: "at", local: "2026-02-01T09:00", zone: "Berlin" } }],
])("what a launch refuses is a bad check: %s (%s)", async (bad, refusal, world, content) => {
  expect(await bothOf(world, content)).toEqual({ bad: [bad], refusal });
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 12 });
const aSource = fc.constantFrom(
  { from: "static", value: "hello" },
  { from: "static", value: "" },
  { from: "static", value: "https://example.com/a.png" },
  { from: "field", field: "display_name" },
  { from: "field", field: "city", fallback: "" },
  { from: "field", field: "photo", fallback: "http://example.com" },
) as fc.Arbitrary<NonNullable<DraftContent["variables"]>[string]>;
const aSchedule = fc.constantFrom<NonNullable<DraftContent["schedule"]>>(
  { start: "now" },
  at(nowMs + 3_600_000),
  at(nowMs + days(3)),
  at(nowMs - 1),
  at(nowMs + days(100)),
  { start: "at" },
  { start: "at", local: "2026-03-29T02:30", zone: "Europe/Berlin" },
  { start: "at", local: "2026-03-29T02:30", zone: "Berlin" },
  { start: "at", zone: "Europe/Berlin" },
);
/** Mostly what can be launched, so that each single thing decides often enough. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })));
const aContent = fc
  .record({
    senderId: maybe(fc.constant(aDraft().senderId)),
    template: maybe(mostly(aDraft().template, { name: "spring_sale", language: "de" })),
    audience: maybe(mostly<NonNullable<DraftContent["audience"]>>({ tags: ["spring"] }, {}, { exclude: { tags: ["x"] } })),
    variables: fc.oneof(
      { weight: 6, arbitrary: fc.constant(aDraft().variables) },
      { weight: 3, arbitrary: fc.dictionary(fc.constantFrom("body.1", "body.2", "header.media"), aSource, { maxKeys: 3 }) },
    ),
    schedule: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: aSchedule }),
  })
  .map((content) => Object.fromEntries(Object.entries(content).filter(([, part]) => part !== undefined)) as DraftContent);
const aWorld: fc.Arbitrary<FakeWorld> = fc.record({
  senders: mostly([aSender()], [], [aSender({ isConnected: false })]),
  templates: mostly([aTemplate()], [], [aTemplate({ status: "REJECTED" })], [image], [carousel]),
  foreignParts: mostly<readonly string[]>([], ["list-9"]),
  people: mostly(people(5), [], people(12), [aPerson(1, { suppression: "all" })], [...people(3), aPerson(9, { displayName: "" })]),
  maxRecipients: mostly(100, 3, 5, 11),
  maxRecipientsTomorrow: fc.constantFrom(5, 100),
  limitedBy: fc.constantFrom("workspace" as const, "portfolio" as const),
  condition: fc.record({ day: fc.constantFrom(null, { limit: 4, reserved: 1 }, { limit: 100, reserved: 0 }) }),
  allowed: mostly<NonNullable<FakeWorld["allowed"]>>(["campaign.preview", "campaign.send"], ["campaign.preview"]),
});

test("no check is bad exactly when the launch of the same content is taken", async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(aWorld, aContent, async (world, content) => {
      const { bad, refusal } = await bothOf(world, content);
      expect(bad.length === 0, `${refusal} ${bad.join(", ")}`).toBe(refusal === null);
      if (refusal === null) taken += 1;
    }),
    { numRuns: 1000 },
  );
  expect(taken, "launches among them").toBeGreaterThan(50);
});

test("a preview says of the same content what the checks say, whenever it starts", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(aWorld, aContent, async (world, content) => {
      const { preview } = expectOk(await checkContent(fakeCtx(world).ctx, content), "checks of any content");
      const launch = launchInput(content);
      if (preview === null || launch === null) return;
      const { senderId, template, audience, variables, schedule } = launch;
      const asked = { senderId, template, audience, variables, ...(schedule && { schedule }) };
      expect(await previewAudience(fakeCtx(world).ctx, asked)).toEqual({ ok: true, value: preview });
      compared += 1;
    }),
    { numRuns: 1000 },
  );
  expect(compared, "previews among them").toBeGreaterThan(50);
});
