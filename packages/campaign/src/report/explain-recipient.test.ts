import type { UserId } from "@herald/kernel";
import { expect, test } from "vitest";
import { aCampaign, asViewer, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId, aContactId, aMessageId } from "../testing/ids.ts";
import { decisionsAbout } from "./decisions-about.ts";
import { explainRecipient, type RecipientStory } from "./explain-recipient.ts";
import { exportRecipients, openExport } from "./export-recipients.ts";
import { listRecipients } from "./list-recipients.ts";
import type { AttemptLine, DecisionEntry, ExportLine, MessageLine, RecipientBackground, RecipientLine } from "./recipient-port.ts";
import { timelineOf } from "./timeline.ts";

const campaignId = aCampaignId();
const foreignId = aCampaignId(2);
const notFound = (resource: string) => ({ ok: false, error: { type: "not_found", resource } });
const notAllowed = (action: string) => ({ ok: false, error: { type: "not_allowed", action } });
const anybody = { buckets: null, reason: null, code: null, search: null, messageIds: null };

const line = (number: number, change: Partial<RecipientLine> = {}): RecipientLine => ({
  messageId: aMessageId(number),
  contactId: aContactId(number),
  displayName: `Person ${number}`,
  address: "+12125550100",
  state: "queued",
  receipt: null,
  reason: null,
  class: null,
  code: null,
  nextAtMs: null,
  changedAtMs: nowMs,
  ...change,
});
const anAttempt = (change: Partial<AttemptLine> = {}): AttemptLine => ({
  attempt: 1,
  epoch: 1,
  intentAtMs: nowMs - 10_000,
  sendByMs: nowMs - 9900,
  settledAtMs: nowMs - 9700,
  outcome: "accepted",
  code: null,
  class: null,
  detail: null,
  latencyMs: 158,
  receipt: null,
  sentAtMs: null,
  deliveredAtMs: null,
  readAtMs: null,
  failedAtMs: null,
  isProviderDouble: false,
  ...change,
});
const aMessage = (change: Partial<MessageLine> = {}): MessageLine => ({
  ...line(1),
  state: "accepted",
  resends: 0,
  attempts: [],
  ...change,
});
const aBackground = (change: Partial<RecipientBackground> = {}): RecipientBackground => ({
  campaign: {
    name: "Spring sale",
    status: "sending",
    frozenAtMs: nowMs - 60_000,
    scheduledAtMs: null,
    expiresAtMs: nowMs + 1000,
    template: { name: "spring", language: "en_US", category: "MARKETING" },
    senderNumber: "+1 555 0100",
    senderName: "Lucky Shrub",
    frequencyCapMs: null,
  },
  displayName: "Ana",
  address: "+12125550100",
  isActive: true,
  lists: [{ name: "VIPs", sinceMs: nowMs - 500_000 }],
  tags: [],
  imported: null,
  consents: [{ state: "granted", origin: "import", proof: {}, atMs: nowMs - 400_000 }],
  suppressions: [],
  lastMarketing: null,
  frozen: { chunkNo: 0, entryNo: 4, parameters: [] },
  decisions: [],
  replies: [],
  ...change,
});
const storyOf = (message: MessageLine, change: Partial<RecipientBackground> = {}): RecipientStory => ({
  ...aBackground(change),
  message,
  verdict: "accepted",
  blocks: [],
});
const kinds = (story: RecipientStory): readonly string[] => timelineOf(story).map(({ kind }) => kind);
const entry = (kind: DecisionEntry["kind"], atMs: number): DecisionEntry => ({
  kind,
  atMs,
  userId: "00000000-0000-4000-8000-000000000001" as UserId,
  note: "checked with support",
  what: "unknown",
});

test("a viewer reads why: the message, what led to it, the fact that decided, and what stops it now", async () => {
  const message = aMessage({ state: "deferred", reason: "TOKEN", class: "TOKEN" });
  const block = { blockId: "5", scope: "waba", class: "TOKEN", code: "190", detail: "expired", sinceMs: nowMs };
  const { ctx } = fakeCtx({
    allowed: asViewer,
    recipients: { find: async () => message, background: async () => aBackground() },
    reports: { openBlocks: async () => [block] },
  });
  expect(await explainRecipient(ctx, { campaignId, messageId: aMessageId() })).toEqual({
    ok: true,
    value: { ...aBackground(), message, verdict: "blocked_token", blocks: [block] },
  });
});

test("L10: a recipient of another workspace is not found; whoever may not read gets nothing, and only who may export people exports", async () => {
  const nobody = fakeCtx({ campaign: aCampaign(), recipients: { find: async () => null } }).ctx;
  expect(await explainRecipient(nobody, { campaignId: foreignId, messageId: aMessageId() })).toEqual(notFound("message"));
  expect(await listRecipients(nobody, { campaignId: foreignId, after: null, limit: 10, filter: anybody })).toEqual(notFound("campaign"));
  expect(await openExport(nobody, { campaignId: foreignId })).toEqual(notFound("campaign"));
  expect(await exportRecipients(nobody, { campaignId: foreignId, after: null })).toEqual(notFound("campaign"));
  const barred = fakeCtx({ campaign: aCampaign(), allowed: [] }).ctx;
  expect(await explainRecipient(barred, { campaignId, messageId: aMessageId() })).toEqual(notAllowed("campaign.read"));
  expect(await listRecipients(barred, { campaignId, after: null, limit: 10, filter: anybody })).toEqual(notAllowed("campaign.read"));
  const viewer = fakeCtx({ campaign: aCampaign(), allowed: asViewer }).ctx;
  expect(await openExport(viewer, { campaignId })).toEqual(notAllowed("contacts.export"));
  expect(await exportRecipients(viewer, { campaignId, after: null })).toEqual(notAllowed("contacts.export"));
});

test("recipients are read page by page, everybody once with a verdict, and the last page names no next one", async () => {
  const all = Array.from({ length: 5 }, (_, index) => line(index + 1, { state: "skipped", reason: "opted_out" }));
  const { ctx } = fakeCtx({
    campaign: aCampaign(),
    recipients: { page: async (_campaign, { after, limit }) => all.filter(({ contactId }) => contactId > (after ?? "")).slice(0, limit) },
  });
  const pages: (readonly string[])[] = [];
  for (let after: RecipientLine["contactId"] | null = null; ; ) {
    const page = await listRecipients(ctx, { campaignId, after, limit: 2, filter: anybody });
    if (!page.ok) throw new Error("the campaign has recipients");
    pages.push(page.value.recipients.map(({ messageId, verdict }) => `${messageId} ${verdict}`));
    after = page.value.next;
    if (after === null) break;
  }
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(new Set(pages.flat()).size).toBe(5);
  expect(pages[0]).toEqual(["1 skipped_opted_out", "2 skipped_opted_out"]);
});

test("an export is read in full pages until one is not full", async () => {
  const page = Array.from(
    { length: 2000 },
    (_, index): ExportLine => ({
      ...line(index + 1),
      attempts: 0,
      providerMessageId: null,
      intentAtMs: null,
      sentAtMs: null,
      deliveredAtMs: null,
      readAtMs: null,
      failedAtMs: null,
    }),
  );
  const { ctx } = fakeCtx({
    campaign: aCampaign(),
    recipients: { exportPage: async (_campaign, { after }) => (after === null ? page : []) },
  });
  const first = await exportRecipients(ctx, { campaignId, after: null });
  expect(first).toMatchObject({ ok: true, value: { next: page.at(-1)?.contactId } });
  expect(await exportRecipients(ctx, { campaignId, after: aContactId(2000) })).toEqual({ ok: true, value: { rows: [], next: null } });
});

test("a life is told in its order: list, consent, launch, checks, request, answer, receipts, reply", () => {
  const attempt = anAttempt({ sentAtMs: nowMs - 9000, deliveredAtMs: nowMs - 8000, readAtMs: nowMs - 7000 });
  const story = storyOf(aMessage({ attempts: [attempt] }), { replies: [{ type: "text", atMs: nowMs - 6000, isAnswer: true }] });
  expect(kinds(story)).toEqual(["listed", "consent", "frozen", "checked", "asked", "answered", "receipt", "receipt", "receipt", "reply"]);
});

test("a provider's clock of whole seconds never puts a receipt before the request or its answer", () => {
  const attempt = anAttempt({ sentAtMs: nowMs - 11_000 });
  expect(kinds(storyOf(aMessage({ attempts: [attempt] })))).toEqual([
    "listed",
    "consent",
    "frozen",
    "checked",
    "asked",
    "answered",
    "receipt",
  ]);
});

test("a failure that came by webhook keeps its code, and the answer before it stays the acceptance it was", () => {
  const attempt = anAttempt({ code: "131026", class: "CONTACT", detail: "not on WhatsApp", failedAtMs: nowMs - 8000 });
  const steps = timelineOf(storyOf(aMessage({ state: "failed", reason: "CONTACT", attempts: [attempt] })));
  expect(steps.find(({ kind }) => kind === "answered")).toMatchObject({ outcome: "accepted", code: null, detail: null });
  expect(steps.find(({ kind }) => kind === "receipt")).toMatchObject({ receipt: "failed", code: "131026", detail: "not on WhatsApp" });
});

test("a request that never began was not asked of anybody; who was left out at the launch was in no chunk", () => {
  const never = anAttempt({ outcome: "not_started", detail: "too_late" });
  expect(kinds(storyOf(aMessage({ state: "queued", nextAtMs: nowMs, attempts: [never] })))).toEqual([
    "listed",
    "consent",
    "frozen",
    "checked",
    "not_begun",
    "due",
  ]);
  const leftOut = aMessage({ state: "skipped", reason: "opted_out" });
  expect(timelineOf(storyOf(leftOut, { frozen: null })).at(-1)).toMatchObject({ kind: "left_out", during: "launch", reason: "opted_out" });
  expect(timelineOf(storyOf(leftOut)).at(-1)).toMatchObject({ kind: "left_out", during: "send" });
});

test("a resend belongs to the message whose attempts it lies between, as often as the message counts", () => {
  const attempts = [anAttempt({ outcome: "unknown", intentAtMs: 100 }), anAttempt({ attempt: 2, intentAtMs: 300 })];
  const entries = [entry("resent", 50), entry("resent", 200), entry("resent", 400)];
  expect(decisionsAbout(aMessage({ attempts, resends: 1 }), entries)).toEqual([entry("resent", 200)]);
  expect(decisionsAbout(aMessage({ attempts, resends: 0 }), entries)).toEqual([]);
  expect(decisionsAbout(aMessage({ attempts, resends: 2 }), entries)).toEqual([entry("resent", 200), entry("resent", 400)]);
});

test("a write-off and a cancellation concern those that they ended", () => {
  const entries = [entry("written_off", 100), entry("cancelled", 200), entry("written_off", 900)];
  const writtenOff = aMessage({ state: "failed", reason: "written_off", changedAtMs: 150 });
  expect(decisionsAbout(writtenOff, entries)).toEqual([entry("written_off", 100)]);
  expect(decisionsAbout(aMessage({ state: "skipped", reason: "cancelled" }), entries)).toEqual([entry("cancelled", 200)]);
  expect(decisionsAbout(aMessage(), entries)).toEqual([]);
});
