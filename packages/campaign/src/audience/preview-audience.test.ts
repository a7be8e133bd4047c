import { days, hours } from "@herald/kernel";
import { expect, test } from "vitest";
import { aDraft, aPerson, aSender, aTemplate, fakeCtx, nowMs, people } from "../testing/fake-ctx.ts";
import { previewAudience } from "./preview-audience.ts";

async function previewOf(...args: Parameters<typeof fakeCtx>) {
  const { ctx, written } = fakeCtx(...args);
  const preview = await previewAudience(ctx, aDraft());
  expect(written, "a preview writes nothing").toMatchObject({ campaign: null, chunks: [], messages: [], sealed: null });
  if (!preview.ok) throw new Error(preview.error.type);
  return preview.value;
}

test("everybody is counted once: eligible, or left out for one reason, the most frequent first", async () => {
  const preview = await previewOf({
    people: [
      ...people(20),
      aPerson(30, { suppression: "all" }),
      aPerson(31, { marketingConsent: null }),
      aPerson(32, { marketingConsent: null }),
      aPerson(33, { displayName: " " }),
    ],
  });
  expect(preview).toMatchObject({
    matched: 24,
    eligible: 20,
    excluded: [
      { reason: "no_consent", count: 2 },
      { reason: "suppressed", count: 1 },
      { reason: "missing_variable", count: 1 },
    ],
    missingVariables: { "body.1": 1 },
  });
});

test("the first twenty read as they will be sent, by placeholder, so that header and body do not hide each other", async () => {
  const { ctx } = fakeCtx({
    people: people(22),
    templates: [
      aTemplate({
        components: [
          { type: "HEADER", format: "TEXT", text: "For {{1}}" },
          { type: "BODY", text: "Hello {{1}}" },
          { type: "BUTTONS", buttons: [{ type: "URL", url: "https://example.com/{{1}}" }] },
        ],
      }),
    ],
  });
  const preview = await previewAudience(
    ctx,
    aDraft({
      variables: {
        "header.1": { from: "static", value: "you" },
        "body.1": { from: "field", field: "display_name" },
        "button.0": { from: "field", field: "city" },
      },
    }),
  );
  if (!preview.ok) throw new Error(preview.error.type);
  expect(preview.value.first).toHaveLength(20);
  expect(preview.value.first[1]).toMatchObject({
    displayName: "Person 1",
    parameters: { "header.1": "you", "body.1": "Person 1", "button.0": "Lima" },
  });
});

test("header media shows as its link", async () => {
  const { ctx } = fakeCtx({ templates: [aTemplate({ components: [{ type: "HEADER", format: "IMAGE" }] })] });
  const preview = await previewAudience(
    ctx,
    aDraft({ variables: { "header.media": { from: "static", value: "https://example.com/a.png" } } }),
  );
  expect(preview).toMatchObject({ ok: true, value: { first: [{ parameters: { "header.media": "https://example.com/a.png" } }, {}, {}] } });
});

test("fallbacks are counted among those who will read them, not among those left out", async () => {
  const { ctx } = fakeCtx({ people: [aPerson(1), aPerson(2, { fields: {} }), aPerson(3, { fields: {}, suppression: "all" })] });
  const variables = { "body.1": { from: "field", field: "city", fallback: "your town" } } as const;
  expect(await previewAudience(ctx, aDraft({ variables }))).toMatchObject({ ok: true, value: { eligible: 2, fallbacks: { "body.1": 1 } } });
});

test("an audience over the workspace's limit is shown with its size, and one at the limit is within it", async () => {
  expect(await previewOf({ people: people(9), maxRecipients: 8 })).toMatchObject({ eligible: 9, maxRecipients: 8, isOverLimit: true });
  expect(await previewOf({ people: people(8), maxRecipients: 8 })).toMatchObject({ isOverLimit: false });
});

test.each<[string, number, number, boolean]>([
  ["in an hour: what today leaves", hours(1), 8, true],
  ["in two days: what that day leaves", days(2), 1000, false],
  ["in a hundred days, which no campaign can: as now", days(100), 8, true],
])("a limit is that of the day it starts, %s", async (_when, ahead, maxRecipients, isOverLimit) => {
  const { ctx } = fakeCtx({ people: people(9), maxRecipients: 8, maxRecipientsTomorrow: 1000, limitedBy: "portfolio" });
  const schedule = { at: new Date(nowMs + ahead).toISOString() };
  expect(await previewAudience(ctx, { ...aDraft(), schedule })).toMatchObject({ ok: true, value: { maxRecipients, isOverLimit } });
});

test("how long it takes follows from the pace that the sender reaches, in whole seconds", async () => {
  expect(await previewOf({ people: people(41), senders: [aSender({ capPerSecond: 20 })] })).toMatchObject({ durationSeconds: 3 });
  expect(await previewOf({ people: people(97), senders: [aSender({ capPerSecond: 100 })] })).toMatchObject({ durationSeconds: 1 });
  expect(await previewOf({ people: people(100), senders: [aSender({ capPerSecond: 100 })] })).toMatchObject({ durationSeconds: 2 });
});

test("a preview of nobody is a preview", async () => {
  expect(await previewOf({ people: [] })).toMatchObject({ matched: 0, eligible: 0, excluded: [], first: [], durationSeconds: 0 });
});

test("the countries of those who will receive it are counted, the most frequent first, and the unknown by themselves", async () => {
  const someone = [
    aPerson(1, { country: "MX" }),
    aPerson(2),
    aPerson(3),
    aPerson(4, { country: null }),
    aPerson(5, { suppression: "all" }),
  ];
  const { countries } = await previewOf({ people: someone });
  expect(countries).toEqual([
    { country: "PE", count: 2 },
    { country: "MX", count: 1 },
    { country: null, count: 1 },
  ]);
});

test("twenty are shown also where the audience begins with hundreds who are left out, and in its order", async () => {
  const leftOut = Array.from({ length: 1150 }, (_, nth) => aPerson(nth, { suppression: "all" }));
  const all = [...leftOut, ...Array.from({ length: 30 }, (_, nth) => aPerson(2000 + nth))];
  const preview = await previewOf({ people: all });
  expect(preview).toMatchObject({ matched: 1180, eligible: 30 });
  expect(preview.first.map(({ contactId }) => contactId)).toEqual(all.slice(1150, 1170).map(({ contactId }) => contactId));
});

test("near the largest message everybody is judged, not one of each kind: somebody else's words may be too long", async () => {
  const [short, long] = [aPerson(1, { fields: { city: "Li" } }), aPerson(2, { fields: { city: "x".repeat(200) } })];
  const components = [{ type: "BODY", text: "{{1}} {{2}}" }];
  const { ctx } = fakeCtx({ people: [short, long], templates: [aTemplate({ components })] });
  const byKind = { ...ctx, audiences: { ...ctx.audiences, alike: async () => [{ one: short, people: 2 }] } };
  const beside = (bytes: number) =>
    aDraft({ variables: { "body.1": { from: "field", field: "city" }, "body.2": { from: "static", value: "y".repeat(bytes) } } });
  expect(await previewAudience(byKind, beside(100))).toMatchObject({ ok: true, value: { matched: 2, eligible: 2 } });
  expect(await previewAudience(byKind, beside(63_750))).toMatchObject({
    ok: false,
    error: { type: "entry_too_large", contactId: long.contactId },
  });
});
