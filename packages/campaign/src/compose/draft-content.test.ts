import { expect, test } from "vitest";
import { LaunchCampaignInput } from "../freeze/launch-campaign.ts";
import { aDraft, aLaunch } from "../testing/fake-ctx.ts";
import { DraftContentInput } from "./draft-content.ts";

const pathsOf = (input: unknown): string[] => (DraftContentInput.safeParse(input).error?.issues ?? []).map(({ path }) => path.join("."));

test("every part may be missing, and what is there stays as it is", () => {
  const whole = {
    ...aDraft(),
    schedule: { start: "at", local: "2026-12-01T09:00", zone: "Europe/Berlin" },
    ifLate: "ask",
    expiresInHours: 24,
    offer: [{ label: "Price", value: "10 €" }],
    seen: { atMs: 1, matched: 3, eligible: 2, excluded: [{ reason: "no_consent", count: 1 }] },
  } as const;
  expect(DraftContentInput.parse(whole)).toEqual(whole);
  for (const [key, part] of Object.entries(whole)) expect(DraftContentInput.parse({ [key]: part })).toEqual({ [key]: part });
  expect(DraftContentInput.parse({})).toEqual({});
});

test.each<[string, object]>([
  ["a fixed text that is not written yet", { variables: { "body.1": { from: "static", value: "" } } }],
  ["an audience of nobody", { audience: {} }],
  ["a time that is not chosen yet", { schedule: { start: "at" } }],
  ["a wall clock without its zone", { schedule: { start: "at", local: "2026-12-01T09:00" } }],
  ["a zone without its wall clock", { schedule: { start: "at", zone: "Europe/Berlin" } }],
])("what a launch refuses may stand in a draft: %s", (_what, content) => {
  expect(pathsOf(content)).toEqual([]);
});

test.each<[string, object, string]>([
  ["a member that nobody knows", { isUrgent: true }, ""],
  ["a member that nobody knows, inside a part", { audience: { everybody: true } }, "audience"],
  ["half a template", { template: { name: "spring_sale" } }, "template.language"],
  ["two times", { schedule: { start: "at", at: "2026-12-01T09:00:00Z", zone: "UTC" } }, "schedule"],
  ["a wall clock that never is", { schedule: { start: "at", local: "2026-02-30T09:00" } }, "schedule.local"],
  ["a start of another kind", { schedule: { start: "soon" } }, "schedule.start"],
  ["a time for now", { schedule: { start: "now", at: "2026-12-01T09:00:00Z" } }, "schedule"],
  ["a fact without a value", { offer: [{ label: "Price", value: " " }] }, "offer.0.value"],
  ["too many facts", { offer: Array.from({ length: 21 }, () => ({ label: "a", value: "b" })) }, "offer"],
  [
    "a reason that nobody knows",
    { seen: { atMs: 1, matched: 1, eligible: 0, excluded: [{ reason: "mood", count: 1 }] } },
    "seen.excluded.0.reason",
  ],
  ["a text that Postgres cannot keep", { offer: [{ label: "a\0", value: "b" }] }, "offer.0.label"],
  ["a zone that Postgres cannot keep", { schedule: { start: "at", zone: "a\0" } }, "schedule.zone"],
])("%s is refused, and the place is named", (_what, content, path) => {
  expect(pathsOf(content)).toEqual([path]);
});

test("what an offer may say in a draft, it may say at the launch", () => {
  const offer = Array.from({ length: 20 }, () => ({ label: "l".repeat(100), value: "v".repeat(1000) }));
  expect(pathsOf({ offer })).toEqual([]);
  expect(LaunchCampaignInput.parse({ ...aLaunch(), offer }).offer).toEqual(offer);
});
