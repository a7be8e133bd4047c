import { expect, test } from "vitest";
import { noMessages } from "../ledger/message-state.ts";
import { asViewer, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId, aSenderId, aTemplateId } from "../testing/ids.ts";
import { aPace } from "../testing/pace.ts";
import type { CampaignFacts, DraftFacts, SendingFacts } from "./campaign-list-port.ts";
import { everyCampaign, lineOf, listCampaigns, readCampaigns } from "./list-campaigns.ts";

const someSending: SendingFacts = { ...aPace(), otherWeight: 0, measuredPerSecond: null, unbegun: [], lastGrantAtMs: nowMs };
const cursorOf = (minute: number, id: number): string => `2026-01-05T11:${String(minute).padStart(2, "0")}:00.000000Z_${id}`;
const facts = (change: Partial<CampaignFacts> = {}): CampaignFacts => ({
  cursor: cursorOf(0, 1),
  campaignId: aCampaignId(),
  name: "Spring sale",
  kind: "bulk",
  status: "sending",
  flag: "running",
  planned: 100,
  pauseReasons: [],
  createdBy: null,
  createdAtMs: nowMs,
  scheduledAtMs: null,
  scheduleZone: null,
  startedAtMs: nowMs,
  finishedAtMs: null,
  sender: { senderId: aSenderId(), displayNumber: "+1 650 555 0100", verifiedName: "Lucky Shrub" },
  template: { templateId: aTemplateId(), name: "spring_sale", language: "en" },
  counts: { ...noMessages, queued: 97, accepted: 3 },
  replied: 0,
  stop: null,
  blocks: [],
  unknownSinceMs: null,
  heldSinceMs: null,
  sending: someSending,
  ...change,
});
const draft = (cursor: string): DraftFacts => ({
  cursor,
  draftId: "00000000-0000-4000-8000-00000000000d" as DraftFacts["draftId"],
  name: "",
  createdAtMs: nowMs,
  updatedAtMs: nowMs,
  updatedBy: null,
  sender: null,
  templateName: null,
  eligible: null,
});
const all = { view: "all", filter: everyCampaign, after: null, limit: 2 } as const;

test("drafts stand among the campaigns by their time, and a page ends where the next one begins", async () => {
  const campaigns = [facts({ cursor: cursorOf(9, 1) }), facts({ cursor: cursorOf(5, 1) })];
  const drafts = [draft(cursorOf(7, 1)), draft(cursorOf(7, 2))];
  const { ctx } = fakeCtx({ allowed: asViewer, campaignList: { page: async () => campaigns, drafts: async () => drafts } });
  const page = await listCampaigns(ctx, all);
  expect(page).toMatchObject({
    ok: true,
    value: { campaigns: [{ cursor: cursorOf(9, 1) }], drafts: [{ cursor: cursorOf(7, 1) }], next: cursorOf(7, 1) },
  });
});

test("a status that only campaigns have leaves drafts out, and the last page has no next", async () => {
  const { ctx } = fakeCtx({ campaignList: { page: async () => [facts()] } });
  const page = await listCampaigns(ctx, { ...all, filter: { ...everyCampaign, statuses: ["sending"] } });
  expect(page).toMatchObject({ ok: true, value: { drafts: [], next: null } });
});

test("of what needs somebody the newest comes first, whether it goes on or has ended", async () => {
  const open = [
    facts({ cursor: cursorOf(3, 1), blocks: [{ blockId: "1", scope: "waba", class: "WABA", code: null }] }),
    facts({ cursor: cursorOf(9, 1) }),
  ];
  const undecided = [facts({ cursor: cursorOf(4, 1), status: "partially_sent", counts: { ...noMessages, unknown: 1 }, sending: null })];
  const { ctx } = fakeCtx({
    campaignList: { open: async () => open, undecided: async () => undecided, undecidedCount: async () => 1, named: async () => [] },
  });
  const page = await listCampaigns(ctx, { ...all, view: "attention" });
  expect(page.ok && page.value.campaigns.map(({ cursor, attention }) => [cursor, attention])).toEqual([
    [cursorOf(4, 1), ["unknown"]],
    [cursorOf(3, 1), ["blocked"]],
  ]);
  expect(await readCampaigns(ctx, { campaignIds: [] })).toMatchObject({ ok: true, value: { attention: 2 } });
});

test("without the right to read there is nothing", async () => {
  const { ctx } = fakeCtx({ allowed: [] });
  expect(await listCampaigns(ctx, all)).toMatchObject({ ok: false, error: { type: "not_allowed" } });
  expect(await readCampaigns(ctx, { campaignIds: [] })).toMatchObject({ ok: false });
});

test.each<[string, Partial<SendingFacts>, number]>([
  ["alone it has the number's pace", {}, 77.6],
  ["it shares by weight", { weight: 1, otherWeight: 3 }, 19.4],
  ["its own ceiling holds", { maxPerSecond: 9.7 }, 9.7],
  ["what was measured goes before what is expected", { measuredPerSecond: 48.5 }, 48.5],
])("the pace, and the end that follows: %s", (_what, change, perSecond) => {
  const line = lineOf(nowMs, facts({ sending: { ...someSending, ...change } }));
  expect(line.perSecond).toBeCloseTo(perSecond);
  expect(line.endsAtMs).toBe(nowMs + Math.ceil((97 / perSecond) * 1000));
});

test("nobody can say when a campaign ends that is paused, stalled, or has no pace", () => {
  for (const change of [
    { flag: "paused" },
    { sending: { ...someSending, killedBy: "number" } },
    { sending: { ...someSending, measuredPerSecond: 0 } },
    { status: "sent", sending: null },
  ] as const satisfies readonly Partial<CampaignFacts>[])
    expect(lineOf(nowMs, facts(change)).endsAtMs).toBeNull();
});
