import { days, expectOk, hours } from "@herald/kernel";
import { expect, test } from "vitest";
import type { DraftContent } from "../compose/draft-content.ts";
import { aDraft, aPerson, aSender, asViewer, aTemplate, type FakeWorld, fakeCtx, nowMs, people } from "../testing/fake-ctx.ts";
import { aContactId } from "../testing/ids.ts";
import { checkKeys } from "./campaign-checks.ts";
import { checkContent } from "./check-content.ts";

async function checksOf(world: FakeWorld = {}, content: DraftContent = aDraft()) {
  const { ctx, written } = fakeCtx(world);
  const { checks, preview } = expectOk(await checkContent(ctx, content), "checks of any content");
  expect(written, "checks write nothing").toMatchObject({ campaign: null, chunks: [], messages: [], sealed: null, drafts: [] });
  expect(checks.map(({ key }) => key)).toEqual(checkKeys);
  for (const { key, state, facts } of checks) expect(facts.problem === null, `${key}: a problem has its word`).toBe(state === "ok");
  return { preview, checks, of: (key: (typeof checkKeys)[number]) => checks.find((check) => check.key === key) };
}
const at = (afterMs: number) => ({ start: "at", at: new Date(nowMs + afterMs).toISOString() }) as const;

test("a draft that can be launched has nine green checks and a preview", async () => {
  const { checks, preview } = await checksOf({ people: people(100) });
  expect(checks.map(({ state }) => state)).toEqual(checkKeys.map(() => "ok"));
  expect(preview).toMatchObject({ matched: 100, eligible: 100, countries: [{ country: "PE", count: 100 }] });
  expect(checks.at(-1)?.facts).toMatchObject({ seconds: 2, perSecond: 80 * 0.97, startsAtMs: null });
});

test("an empty draft names what is to be chosen, and says of the rest that it cannot be known yet", async () => {
  const { checks, preview } = await checksOf({}, {});
  expect(preview).toBeNull();
  expect(checks.map(({ key, state, facts }) => [key, state, facts.problem])).toEqual([
    ["sender", "bad", "not_chosen"],
    ["template", "bad", "not_chosen"],
    ["placeholders", "warn", "not_known"],
    ["media", "warn", "not_known"],
    ["consent", "warn", "not_known"],
    ["frequency_cap", "warn", "not_known"],
    ["day_limit", "warn", "not_known"],
    ["recipient_limit", "bad", "no_audience"],
    ["time", "warn", "not_known"],
  ]);
});

test("who may not compose is told nothing", async () => {
  expect(await checkContent(fakeCtx({ allowed: asViewer }).ctx, aDraft())).toEqual({
    ok: false,
    error: { type: "not_allowed", action: "campaign.preview" },
  });
});

test("several problems are told at once", async () => {
  const { of } = await checksOf(
    { senders: [aSender({ isConnected: false })] },
    { ...aDraft(), variables: {}, audience: {}, schedule: { start: "at" } },
  );
  expect(of("sender")).toMatchObject({ state: "bad", facts: { problem: "not_connected", displayNumber: "+1 650 555 0100" } });
  expect(of("placeholders")).toMatchObject({ state: "bad", facts: { problem: "missing", missing: ["body.1"] } });
  expect(of("recipient_limit")).toMatchObject({ state: "bad", facts: { problem: "no_audience" } });
  expect(of("time")).toMatchObject({ state: "bad", facts: { problem: "no_time" } });
});

test("a kill switch or an open block is a warning: it would be launched and wait", async () => {
  const block = {
    blockId: "1",
    scope: "waba",
    scopeId: "source-1",
    class: "TOKEN",
    code: "190",
    detail: "expired",
    sinceMs: 0,
    campaigns: 0,
  } as const;
  const onTemplate = { ...block, blockId: "2", scope: "template", scopeId: aTemplate().templateId } as const;
  const elsewhere = { ...block, blockId: "3", scope: "number", scopeId: "another" } as const;
  const blocked = await checksOf({ blocks: [block, onTemplate, elsewhere] });
  const told = ({ blockId, class: cls, code, detail }: typeof block | typeof onTemplate) => ({ blockId, class: cls, code, detail });
  expect(blocked.of("sender")).toMatchObject({ state: "warn", facts: { problem: "blocked", blocks: [told(block)] } });
  expect(blocked.of("template")).toMatchObject({ state: "warn", facts: { problem: "blocked", blocks: [told(onTemplate)] } });
  const { of } = await checksOf({ condition: { killedBy: "workspace" } });
  expect(of("sender")).toMatchObject({ state: "warn", facts: { problem: "killed", killedBy: "workspace" } });
});

test("people left out are counted at the check that leaves them out", async () => {
  const { of } = await checksOf({
    people: [
      ...people(2),
      aPerson(10, { marketingConsent: null }),
      aPerson(11, { suppression: "all" }),
      aPerson(12, { suppression: "marketing" }),
      aPerson(13, { isWithinFrequencyCap: true }),
      aPerson(14, { displayName: "" }),
    ],
  });
  expect(of("consent")).toMatchObject({
    state: "warn",
    facts: { problem: "left_out", isNeeded: true, noConsent: 1, optedOut: 1, suppressed: 1, notInHistory: 0 },
  });
  expect(of("frequency_cap")).toMatchObject({ state: "warn", facts: { leftOut: 1 } });
  expect(of("placeholders")).toMatchObject({
    state: "warn",
    facts: { problem: "people_without_value", peopleWithoutValue: { "body.1": 1 } },
  });
  expect(of("recipient_limit")).toMatchObject({ state: "ok", facts: { matched: 7, eligible: 2 } });
});

test.each<[string, number, { limit: number; reserved: number }, number | null]>([
  ["fits today", 30, { limit: 50, reserved: 20 }, 1],
  ["what is left over fits tomorrow", 31, { limit: 50, reserved: 20 }, 2],
  ["two more days", 81, { limit: 50, reserved: 20 }, 3],
  ["nothing is left of today", 50, { limit: 50, reserved: 50 }, 1],
  ["a portfolio of no places", 1, { limit: 0, reserved: 0 }, null],
])("how many days a limit takes: %s", async (_what, count, day, expected) => {
  const { of } = await checksOf({ people: people(count), condition: { day } });
  expect(of("day_limit")).toMatchObject({ facts: { ...day, eligible: count, days: expected } });
});

test("what fits is told by the places that count for its start: today's that are left, all of them for a later day", async () => {
  const world: FakeWorld = { people: people(40), condition: { day: { limit: 50, reserved: 45 } } };
  const today = await checksOf(world);
  expect(today.of("day_limit")).toMatchObject({ state: "warn", facts: { free: 5, isAfterToday: false, days: 2 } });
  const later = await checksOf(world, { ...aDraft(), schedule: at(days(2)) });
  expect(later.of("day_limit")).toEqual({
    key: "day_limit",
    state: "ok",
    facts: { limit: 50, reserved: 45, free: 50, isAfterToday: true, eligible: 40, days: 1, problem: null },
  });
  const over = await checksOf({ people: people(40), condition: { day: { limit: 50, reserved: 60 } } });
  expect(over.of("day_limit"), "more taken than there are leaves none").toMatchObject({ facts: { free: 0 } });
  const unlimited = await checksOf({ people: people(40), condition: { day: null } });
  expect(unlimited.of("day_limit")).toMatchObject({ state: "ok", facts: { limit: null, free: null } });
});

test("a portfolio's limit refuses what starts today, and stretches over days what starts later", async () => {
  const world: FakeWorld = {
    people: people(120),
    maxRecipients: 30,
    limitedBy: "portfolio",
    maxRecipientsTomorrow: 1000,
    condition: { day: { limit: 50, reserved: 20 } },
  };
  const today = await checksOf(world, { ...aDraft(), schedule: at(hours(1)) });
  expect(today.of("day_limit")).toMatchObject({ state: "bad", facts: { problem: "over_limit", days: 3 } });
  expect(today.preview).toMatchObject({ maxRecipients: 30, isOverLimit: true });
  const later = await checksOf({ ...world, limitedBy: "workspace" }, { ...aDraft(), schedule: at(days(2)) });
  expect(later.of("day_limit")).toMatchObject({ state: "warn", facts: { problem: "several_days", days: 3 } });
  expect(later.of("recipient_limit")).toMatchObject({ state: "ok" });
});

test("a start is told as its instant, with what the clocks make of it", async () => {
  const schedule = { start: "at", local: "2026-03-29T02:30", zone: "Europe/Berlin" } as const;
  const { of } = await checksOf({}, { ...aDraft(), schedule });
  const startsAtMs = Date.parse("2026-03-29T01:30:00Z");
  expect(of("time")).toMatchObject({ state: "warn", facts: { problem: "clock_change", adjusted: "skipped_by_clock_change", startsAtMs } });
});

test("a campaign that ends before its last message is a warning", async () => {
  const { of } = await checksOf({ people: people(500), senders: [aSender({ capPerSecond: 0.1 })] }, { ...aDraft(), expiresInHours: 1 });
  expect(of("time")).toMatchObject({ state: "warn", facts: { problem: "expires_first" } });
});

test("header media is judged with its link", async () => {
  const templates = [aTemplate({ components: [{ type: "HEADER", format: "IMAGE" }], frozen: { headerKind: "image" } })];
  const withLink = (value: string): DraftContent => ({ ...aDraft(), variables: { "header.media": { from: "static", value } } });
  const good = await checksOf({ templates }, withLink("https://example.com/a.png"));
  expect(good.of("media")).toMatchObject({ state: "ok", facts: { isNeeded: true, link: "https://example.com/a.png" } });
  expect((await checksOf({ templates }, withLink("http://example.com/a.png"))).of("media")).toMatchObject({
    state: "bad",
    facts: { problem: "not_https" },
  });
});

test("a stand-in for header media that was emptied again is none, and stops nothing", async () => {
  const templates = [aTemplate({ components: [{ type: "HEADER", format: "IMAGE" }], frozen: { headerKind: "image" } })];
  const someone = [aPerson(1, { fields: { photo: "https://example.com/a.png" } })];
  const content: DraftContent = { ...aDraft(), variables: { "header.media": { from: "field", field: "photo", fallback: "" } } };
  expect((await checksOf({ templates, people: someone }, content)).of("media")).toMatchObject({ state: "ok", facts: { link: null } });
});

test("a message that is too large is named with its person", async () => {
  const { of, preview } = await checksOf({}, { ...aDraft(), variables: { "body.1": { from: "static", value: "x".repeat(65_000) } } });
  expect(of("placeholders")).toMatchObject({ state: "bad", facts: { problem: "too_large", contactId: aContactId(0) } });
  expect(preview).toBeNull();
});
