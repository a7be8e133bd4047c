import { expect, test } from "vitest";
import type { Campaign } from "../freeze/campaigns.ts";
import { noMessages } from "../ledger/message-state.ts";
import { aCampaign, asViewer, type FakeWorld, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId } from "../testing/ids.ts";
import { aPace } from "../testing/pace.ts";
import { reportCampaign } from "./report-campaign.ts";
import type { DeferredGroup, FailureCause, LastControl, OpenBlock, UnknownEvidence } from "./report-port.ts";

const campaignId = aCampaignId();
const foreignId = aCampaignId(2);
const notFound = (resource: string) => ({ ok: false, error: { type: "not_found", resource } });

const counts = { ...noMessages, queued: 5, delivered: 4, skipped: 3 };
const ledger = { planned: 12, counts, recount: counts, isBalanced: true };
const aBlock: OpenBlock = {
  blockId: "5",
  scope: "number",
  class: "NUMBER",
  code: "131031",
  detail: "account locked",
  sinceMs: nowMs - 60_000,
};
const waits: DeferredGroup = { class: "NUMBER", code: "131031", reason: "NUMBER", count: 2, earliestAtMs: null, latestAtMs: null };
const evidence: UnknownEvidence = {
  count: 3,
  oldestAtMs: nowMs - 10_800_000,
  comparedWith: 2000,
  within2MinShare: 0.997,
  medianFirstReceiptMs: 2100,
  isOverflowRead: true,
};
const control: LastControl = { flag: "running", controlSeq: 0, last: null };

type Seen = {
  readonly campaign?: Partial<Campaign>;
  readonly blocks?: readonly OpenBlock[];
  readonly causes?: readonly FailureCause[];
  readonly waiting?: { readonly queued: number; readonly deferred: number };
  readonly lastGrantAtMs: number | null;
};
const worldOf = ({ campaign, blocks = [], causes = [], waiting, lastGrantAtMs }: Seen): FakeWorld => ({
  campaign: aCampaign(campaign),
  allowed: asViewer,
  reports: {
    balance: async () => ({ ...ledger, counts: { ...counts, ...waiting } }),
    skips: async () => [{ reason: "opted_out", count: 3 }],
    causes: async () => causes,
    openBlocks: async () => blocks,
    unknown: async () => evidence,
    held: async () => null,
    deferred: async () => [waits],
    pace: async () => aPace(),
    askedAt: async () => [100, 1300],
    control: async () => control,
    lastGrantAtMs: async () => lastGrantAtMs,
  },
});
async function stalledOf(seen: Seen): Promise<string | null> {
  const report = await reportCampaign(fakeCtx(worldOf(seen)).ctx, { campaignId });
  if (!report.ok) throw new Error("the campaign has a report");
  return report.value.stalled;
}

const longAgoMs = nowMs - 30_000;

test("a viewer reads the whole report: campaign, ledger, skips, causes and blocks", async () => {
  const { ctx } = fakeCtx(worldOf({ blocks: [aBlock], lastGrantAtMs: nowMs }));
  expect(await reportCampaign(ctx, { campaignId })).toEqual({
    ok: true,
    value: {
      campaign: aCampaign(),
      ledger,
      skips: [{ reason: "opted_out", count: 3 }],
      causes: [],
      blocks: [aBlock],
      unknown: evidence,
      held: null,
      deferred: [expect.objectContaining({ ...waits, blockId: "5", cure: "ask_provider" })],
      pace: aPace(),
      measured: { perSecond: 40, overMs: 30_000 },
      control,
      stalled: null,
    },
  });
});

test.each<[string, Seen, string | null]>([
  ["grants come", { lastGrantAtMs: longAgoMs + 1 }, null],
  ["nothing is due", { lastGrantAtMs: null }, null],
  ["its number, account or template is refused", { lastGrantAtMs: longAgoMs, blocks: [aBlock] }, "blocked"],
  ["all of it waits for a cure", { lastGrantAtMs: null, blocks: [aBlock], waiting: { queued: 0, deferred: 3 } }, "blocked"],
  [
    "the provider cannot be reached",
    { lastGrantAtMs: nowMs, causes: [{ class: "no_connection", code: null, detail: null, state: "queued", count: 9 }] },
    "provider_unreachable",
  ],
  ["no sender took it up yet", { lastGrantAtMs: longAgoMs, campaign: { status: "queued", startedAtMs: null } }, "not_started"],
  ["its sender is gone", { lastGrantAtMs: longAgoMs }, "no_sender_running"],
  ["somebody paused it", { lastGrantAtMs: longAgoMs, campaign: { status: "paused" } }, null],
  ["it waits for its time", { lastGrantAtMs: longAgoMs, campaign: { status: "scheduled" } }, null],
  ["it has ended", { lastGrantAtMs: longAgoMs, campaign: { status: "partially_sent" } }, null],
])("a stall is named after 30 s without a grant: %s", async (_case, seen, expected) => {
  expect(await stalledOf(seen)).toBe(expected);
});

test("L10: a campaign of another workspace is not found, in every read", async () => {
  const { ctx } = fakeCtx(worldOf({ lastGrantAtMs: null }));
  expect(await reportCampaign(ctx, { campaignId: foreignId })).toEqual(notFound("campaign"));
});

test("whoever may not read campaigns reads nothing of them", async () => {
  const { ctx } = fakeCtx({ ...worldOf({ lastGrantAtMs: null }), allowed: [] });
  const notAllowed = { ok: false, error: { type: "not_allowed", action: "campaign.read" } };
  expect(await reportCampaign(ctx, { campaignId })).toEqual(notAllowed);
});
