import { expect, test } from "vitest";
import type { Campaign } from "../freeze/campaigns.ts";
import { noMessages } from "../ledger/message-state.ts";
import { aCampaign, asViewer, type FakeWorld, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId, aContactId, aMessageId } from "../testing/ids.ts";
import { aPace } from "../testing/pace.ts";
import { explainMessage, listMessages, reportCampaign } from "./report-campaign.ts";
import type { DeferredGroup, FailureCause, MessageLine, OpenBlock, UnknownEvidence } from "./report-port.ts";

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
const line = (number: number): Omit<MessageLine, "attempts"> => ({
  messageId: aMessageId(number),
  contactId: aContactId(number),
  state: "queued",
  receipt: null,
  reason: null,
  nextAtMs: null,
});

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
    { lastGrantAtMs: nowMs, causes: [{ class: "no_connection", code: null, state: "queued", count: 9 }] },
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
  const { ctx } = fakeCtx({ ...worldOf({ lastGrantAtMs: null }), reports: { message: async () => null } });
  expect(await reportCampaign(ctx, { campaignId: foreignId })).toEqual(notFound("campaign"));
  expect(await listMessages(ctx, { campaignId: foreignId, after: null, limit: 10, state: null })).toEqual(notFound("campaign"));
  expect(await explainMessage(ctx, { campaignId: foreignId, messageId: aMessageId() })).toEqual(notFound("message"));
});

test("whoever may not read campaigns reads nothing of them", async () => {
  const { ctx } = fakeCtx({ ...worldOf({ lastGrantAtMs: null }), allowed: [] });
  const notAllowed = { ok: false, error: { type: "not_allowed", action: "campaign.read" } };
  expect(await reportCampaign(ctx, { campaignId })).toEqual(notAllowed);
  expect(await listMessages(ctx, { campaignId, after: null, limit: 10, state: null })).toEqual(notAllowed);
  expect(await explainMessage(ctx, { campaignId, messageId: aMessageId() })).toEqual(notAllowed);
});

test("the ledger is read page by page, every message once, and the last page names no next one", async () => {
  const all = Array.from({ length: 5 }, (_, index) => line(index + 1));
  const { ctx } = fakeCtx({
    campaign: aCampaign(),
    reports: {
      messages: async (_campaignId, { after, limit }) => all.filter(({ contactId }) => contactId > (after ?? "")).slice(0, limit),
    },
  });
  const pages = [];
  for (let after: MessageLine["contactId"] | null = null; ; ) {
    const page = await listMessages(ctx, { campaignId, after, limit: 2, state: null });
    if (!page.ok) throw new Error("the campaign has messages");
    pages.push(page.value.messages.map(({ messageId }) => messageId));
    after = page.value.next;
    if (after === null) break;
  }
  expect(pages).toEqual([["1", "2"], ["3", "4"], ["5"]]);
});

test("one message is explained with its attempts", async () => {
  const explained = { ...line(1), attempts: [] };
  const { ctx } = fakeCtx({ campaign: aCampaign(), allowed: asViewer, reports: { message: async () => explained } });
  expect(await explainMessage(ctx, { campaignId, messageId: aMessageId(1) })).toEqual({ ok: true, value: explained });
});
