import { CampaignDraftInput, LaunchCampaignInput, PaceInput, RescheduleInput, TestSendInput } from "@herald/campaign";
import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./parse.ts";

const anId = "00000000-0000-4000-8000-000000000001";
const draft = { senderId: anId, template: { name: "sale", language: "en" }, audience: { tags: ["x"] }, variables: {} };
const launch = { ...draft, name: "Sale" };
const tried = { senderId: anId, template: draft.template, variables: {} };
const local = { local: "2026-12-01T09:00", zone: "Europe/Berlin" };

type Row = readonly [what: string, schema: z.ZodType, input: unknown, path: string, message: RegExp, cure: RegExp];
const rows: readonly Row[] = [
  [
    "a day that is none",
    LaunchCampaignInput,
    { ...launch, schedule: { ...local, local: "2026-02-30T09:00" } },
    "schedule.local",
    /exists$/,
    /2026-12-01T09:00/,
  ],
  [
    "an instant without offset",
    LaunchCampaignInput,
    { ...launch, schedule: { at: "2026-12-01T09:00:00" } },
    "schedule.at",
    /offset/,
    /\+01:00/,
  ],
  [
    "a zone of the wrong kind",
    LaunchCampaignInput,
    { ...launch, schedule: { ...local, zone: 5 } },
    "schedule.zone",
    /must be a text/,
    /a text/,
  ],
  ["a schedule of neither form", LaunchCampaignInput, { ...launch, schedule: {} }, "schedule", /"at".*"local"/, /message says/],
  ["a rate of none", PaceInput, { maxPerSecond: 0 }, "maxPerSecond", /^must be at least 0\.1$/, /0\.1 or more/],
  ["a rate too high", PaceInput, { maxPerSecond: 1001 }, "maxPerSecond", /^must be at most 1000$/, /1000 or less/],
  ["a rate without a number", PaceInput, {}, "body", /name a weight or a maximum/, /message says/],
  [
    "a blank fixed text",
    CampaignDraftInput,
    { ...draft, variables: { "body.1": { from: "static", value: " " } } },
    "variables.body.1.value",
    /^is empty$/,
    /at least 1 character\.$/,
  ],
  [
    "a key without its part",
    CampaignDraftInput,
    { ...draft, variables: { order_number: { from: "static", value: "1" } } },
    "variables.order_number",
    /part of the template/,
    /body\.order_number/,
  ],
  [
    "a source of no kind",
    CampaignDraftInput,
    { ...draft, variables: { "body.1": { from: "script" } } },
    "variables.body.1.from",
    /^must be one of: field, static$/,
    /one of these/,
  ],
  [
    "too long a name",
    LaunchCampaignInput,
    { ...launch, name: "x".repeat(201) },
    "name",
    /^has more than 200 characters$/,
    /Shorten it to 200/,
  ],
  [
    "too short a language",
    CampaignDraftInput,
    { ...draft, template: { name: "x", language: "e" } },
    "template.language",
    /^has fewer than 2 characters$/,
    /at least 2/,
  ],
  [
    "six people for a test",
    TestSendInput,
    { ...tried, contactIds: Array.from({ length: 6 }, () => anId) },
    "contactIds",
    /^has more than 5 entries$/,
    /at most 5/,
  ],
  ["nobody for a test", TestSendInput, { ...tried, contactIds: [] }, "contactIds", /^is empty$/, /at least 1 entry/],
  ["a bad ifLate", RescheduleInput, { schedule: local, ifLate: "never" }, "ifLate", /^must be one of: send, skip, ask$/, /one of these/],
  [
    "a move to a day that is none",
    RescheduleInput,
    { schedule: { ...local, local: "x" }, ifLate: "x" },
    "schedule.local",
    /exists$/,
    /09:00/,
  ],
  ["a move to nowhere", RescheduleInput, {}, "body", /"schedule".*"now"/, /message says/],
  ["a move misspelt", RescheduleInput, { schedule: local, ifLat: "ask" }, "body", /nobody knows: ifLat/, /Remove/],
  ["an e-mail address that is none", z.object({ email: z.email() }), { email: "x" }, "email", /e-mail address/, /name@example\.com/],
  ["an id that is none", z.object({ id: z.uuid() }), { id: "x" }, "id", /not an id/, /36 characters/],
  ["a pattern without words", z.object({ key: z.string().regex(/^a/) }), { key: "b" }, "key", /not written as it must be/, /documentation/],
  ["a check without words", z.object({ key: z.string().refine(() => false) }), { key: "b" }, "key", /not a value that can stand/, /./],
  ["more than a bound", z.object({ size: z.number().gt(1).lt(3) }), { size: 1 }, "size", /more than 1/, /above 1/],
  ["a bound reached", z.object({ size: z.number().gt(1).lt(3) }), { size: 3 }, "size", /less than 3/, /below 3/],
];

test.each(rows)("%s is told by its path, in words of ours, with what to write instead", (_what, schema, input, path, message, cure) => {
  const parsed = parseInput(schema, input, "body");
  if (parsed.ok) throw new Error("it was taken");
  expect(parsed.error.issues[0]).toEqual({ path, message: expect.stringMatching(message), cure: expect.stringMatching(cure) });
  for (const issue of parsed.error.issues)
    expect(issue.message, "never the words of the parser").not.toMatch(/invalid|expected|too (small|big)|pattern/i);
});

test("members of a query are told as such, so that they are not taken for the body's", () => {
  expect(parseInput(z.object({ limit: z.coerce.number().max(5) }), { limit: "9" }, "query")).toMatchObject({
    error: { issues: [{ path: "query.limit", message: "must be at most 5" }] },
  });
});
