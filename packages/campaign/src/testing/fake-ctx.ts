import { days } from "@herald/kernel";
import type { Candidate } from "../audience/audience.ts";
import type { Sender, SenderCondition, Template, VariableSources } from "../compose/content.ts";
import type { CampaignDraft } from "../compose/draft.ts";
import type { Draft, DraftWords } from "../compose/drafts.ts";
import type { CampaignAction, CampaignCtx } from "../ctx.ts";
import type { Block } from "../dispatch/blocks.ts";
import type { MovedStart } from "../dispatch/calendar.ts";
import type { CampaignControl, CampaignPace, LockedControl } from "../dispatch/controls.ts";
import type { KillSwitch } from "../dispatch/kill-switch.ts";
import type { Campaign, NewCampaign, PlannedMessage, RecipientLimit } from "../freeze/campaigns.ts";
import type { Chunk } from "../freeze/chunk.ts";
import type { LaunchCampaign } from "../freeze/launch-campaign.ts";
import type { Decided, ResendChoice } from "../ledger/decisions.ts";
import type { CampaignListPort } from "../report/campaign-list-port.ts";
import type { RecipientPort } from "../report/recipient-port.ts";
import type { ReportPort } from "../report/report-port.ts";
import { aCampaignId, aContactId, aDraftId, aSenderId, aTemplateId, aUserId, aWorkspaceId } from "./ids.ts";

export const nowMs = Date.UTC(2026, 0, 5, 12);
const pageSize = 7;
const isLater = (startsAtMs: number | null): boolean => startsAtMs !== null && startsAtMs > nowMs + days(1);

/** Somebody who may get marketing: active, reachable, with consent. */
export const aPerson = (number: number, change: Partial<Candidate> = {}): Candidate => ({
  contactId: aContactId(number),
  displayName: `Person ${number}`,
  fields: { city: "Lima" },
  country: "PE",
  isActive: true,
  address: { channel: "whatsapp", kind: "phone", value: `+5198${String(number).padStart(7, "0")}` },
  suppression: null,
  marketingConsent: "granted",
  isWithinFrequencyCap: false,
  isKnown: true,
  ...change,
});
export const people = (count: number): Candidate[] => Array.from({ length: count }, (_, number) => aPerson(number));

export const aSender = (change: Partial<Sender> = {}): Sender => ({
  senderId: aSenderId(),
  sourceId: "source-1",
  displayNumber: "+1 650 555 0100",
  isConnected: true,
  capPerSecond: 80,
  ...change,
});

/** "Hello {{1}}", approved, for marketing. */
export const aTemplate = (
  change: Partial<Omit<Template, "frozen">> & { readonly frozen?: Partial<Template["frozen"]> } = {},
): Template => ({
  templateId: aTemplateId(),
  sourceId: "source-1",
  status: "APPROVED",
  components: [{ type: "BODY", text: "Hello {{1}}" }],
  ...change,
  frozen: {
    name: "spring_sale",
    language: "en",
    category: "MARKETING",
    parameterFormat: "positional",
    componentsHash: "hash",
    headerKind: "none",
    ...change.frozen,
  },
});

const greeting: VariableSources = { "body.1": { from: "field", field: "display_name" } };
export const aDraft = (change: Partial<CampaignDraft> = {}): CampaignDraft => ({
  senderId: aSenderId(),
  template: { name: "spring_sale", language: "en" },
  audience: { tags: ["spring"] },
  variables: greeting,
  ...change,
});
export const aLaunch = (change: Partial<LaunchCampaign> = {}): LaunchCampaign => ({
  ...aDraft(),
  name: "Spring sale",
  ifLate: "send",
  expiresInHours: 72,
  offer: [],
  ...change,
});
export const aSavedDraft = (change: Partial<Draft> = {}): Draft => ({
  draftId: aDraftId(),
  version: 3,
  updatedAtMs: nowMs - 60_000,
  updatedBy: aUserId(),
  launchedCampaignId: null,
  ...change,
});

export const aCampaign = (change: Partial<Campaign> = {}): Campaign => ({
  campaignId: aCampaignId(),
  kind: "bulk",
  name: "Spring sale",
  status: "sending",
  senderId: aSenderId(),
  planned: 12,
  pauseReasons: [],
  scheduledAtMs: null,
  scheduleZone: null,
  latePolicy: "send",
  expiresAtMs: nowMs + 3_600_000,
  createdAtMs: nowMs - 600_000,
  startedAtMs: nowMs - 590_000,
  finishedAtMs: null,
  isStagingDegraded: false,
  ...change,
});

/** What was written, as it would stand in the tables before the commit. */
export type Written = {
  campaign: NewCampaign | null;
  readonly chunks: Chunk[];
  readonly messages: PlannedMessage[];
  sealed: { readonly planned: number; readonly chunkCount: number } | null;
  readonly moves: MovedStart[];
  readonly commits: Parameters<CampaignCtx["controls"]["commit"]>[1][];
  readonly paces: Parameters<CampaignCtx["controls"]["setPace"]>[1][];
  readonly switched: (KillSwitch & { readonly senderId: string | null })[];
  readonly resends: ({ readonly choice: ResendChoice } & Parameters<CampaignCtx["decisions"]["resend"]>[2])[];
  readonly writeOffs: Parameters<CampaignCtx["decisions"]["writeOff"]>[1][];
  /** What became of the draft, by what was done to it. */
  readonly drafts: (
    | ({ readonly done: "created" | "saved" } & DraftWords)
    | { readonly done: "discarded" }
    | { readonly done: "launched"; readonly campaignId: string }
  )[];
};
export type FakeWorld = {
  readonly people?: readonly Candidate[];
  readonly senders?: readonly Sender[];
  readonly templates?: readonly Template[];
  /** Audience parts that are not of this workspace. */
  readonly foreignParts?: readonly string[];
  readonly maxRecipients?: number;
  /** Of a campaign that starts a day from now or later; absent: the same. */
  readonly maxRecipientsTomorrow?: number;
  readonly limitedBy?: RecipientLimit["limitedBy"];
  readonly condition?: Partial<SenderCondition>;
  readonly draft?: Draft;
  readonly allowed?: readonly CampaignAction[];
  readonly control?: CampaignControl & Partial<LockedControl>;
  readonly pace?: CampaignPace;
  readonly blocks?: readonly Block[];
  /** What a resend or a write-off comes to. */
  readonly decided?: Partial<Decided>;
  readonly campaign?: Campaign;
  readonly reports?: Partial<ReportPort>;
  readonly campaignList?: Partial<CampaignListPort>;
  readonly recipients?: Partial<RecipientPort>;
};

const everyAction: readonly CampaignAction[] = [
  "campaign.read",
  "campaign.preview",
  "campaign.write",
  "campaign.send",
  "campaign.control",
  "sending.resume",
  "contacts.export",
];
export const asViewer: readonly CampaignAction[] = ["campaign.read"];

/** A unit of work over values instead of tables. */
export function fakeCtx(world: FakeWorld = {}): { readonly ctx: CampaignCtx; readonly written: Written } {
  const written: Written = {
    campaign: null,
    chunks: [],
    messages: [],
    sealed: null,
    moves: [],
    commits: [],
    paces: [],
    switched: [],
    resends: [],
    writeOffs: [],
    drafts: [],
  };
  const decided: Decided = { moved: 2, more: 0, isOverflowUnread: false, controlSeq: 1, status: "sending", ...world.decided };
  const noReports = () => Promise.reject(new Error("no reports in this world"));
  const ctx: CampaignCtx = {
    actor: { kind: "system", name: "test" },
    workspaceId: aWorkspaceId(),
    nowMs,
    allows: (action) => (world.allowed ?? everyAction).includes(action),
    senders: {
      find: async (senderId) => (world.senders ?? [aSender()]).find((sender) => sender.senderId === senderId) ?? null,
      condition: async () => ({ killedBy: null, day: null, maxPerCampaign: 1000, ...world.condition }),
    },
    drafts: {
      create: async (words) => {
        written.drafts.push({ done: "created", ...words });
        return { draftId: aDraftId(), version: 1 };
      },
      find: async (draftId) => (world.draft?.draftId === draftId ? { name: "", content: {}, ...world.draft } : null),
      lock: async (draftId) => (world.draft?.draftId === draftId ? world.draft : null),
      save: async (_draftId, words) => {
        written.drafts.push({ done: "saved", ...words });
        return { version: (world.draft?.version ?? 0) + 1, updatedAtMs: nowMs };
      },
      discard: async () => void written.drafts.push({ done: "discarded" }),
      markLaunched: async (_draftId, campaignId) => void written.drafts.push({ done: "launched", campaignId }),
    },
    templates: {
      findByName: async (sourceId, name) =>
        (world.templates ?? [aTemplate()]).filter((template) => template.sourceId === sourceId && template.frozen.name === name),
    },
    audiences: {
      async *pages() {
        const all = world.people ?? people(3);
        for (let from = 0; from < all.length; from += pageSize) yield all.slice(from, from + pageSize);
      },
      alike: async () => (world.people ?? people(3)).map((one) => ({ one, people: 1 })),
      after: async (_definition, contactId, limit) => {
        const all = world.people ?? people(3);
        const from = all.findIndex((person) => person.contactId === contactId) + 1;
        return all.slice(from, from + limit);
      },
      missingParts: async () => world.foreignParts ?? [],
    },
    campaigns: {
      find: async (campaignId) => (world.campaign?.campaignId === campaignId ? world.campaign : null),
      limits: async (_senderId, startsAtMs) => ({
        maxRecipients: (isLater(startsAtMs) ? world.maxRecipientsTomorrow : undefined) ?? world.maxRecipients ?? 1000,
        limitedBy: world.limitedBy ?? "workspace",
      }),
      create: async (campaign) => {
        written.campaign = campaign;
        return aCampaignId();
      },
      addChunk: async (_campaignId, { chunkNo, json }) =>
        void written.chunks.push({ chunkNo, entries: JSON.parse(json) as Chunk["entries"] }),
      addMessages: async (_campaignId, messages) => void written.messages.push(...messages),
      seal: async (_campaignId, totals) => {
        written.sealed = totals;
      },
    },
    controls: {
      lock: async (campaignId) => (world.control?.campaignId === campaignId ? { pauseReasons: [], uncured: [], ...world.control } : null),
      commit: async (campaignId, change) => {
        written.commits.push(change);
        return { campaignId, flag: change.flag, status: change.status, controlSeq: (world.control?.controlSeq ?? 0) + 1 };
      },
      setPace: async (campaignId, change) => {
        written.paces.push(change);
        const { flag, status, controlSeq } = world.control ?? { flag: "running", status: "sending", controlSeq: 0 };
        const now = world.pace ?? { weight: 1, maxPerSecond: null };
        const maxPerSecond = change.maxPerSecond === undefined ? now.maxPerSecond : change.maxPerSecond;
        return { campaignId, flag, status, controlSeq: controlSeq + 1, weight: change.weight ?? now.weight, maxPerSecond };
      },
    },
    switches: {
      setSender: async (senderId, change) => {
        if (senderId !== aSenderId()) return false;
        written.switched.push({ senderId, ...change });
        return true;
      },
      setWorkspace: async (change) => void written.switched.push({ senderId: null, ...change }),
    },
    blocks: {
      open: async () => world.blocks ?? [],
      cure: async (blockId) => ((world.blocks ?? []).some((block) => block.blockId === blockId) ? 3 : null),
    },
    decisions: {
      resend: async (_campaignId, choice, options) => {
        written.resends.push({ choice, ...options });
        return { ...decided, runNo: 0 };
      },
      writeOff: async (_campaignId, choice) => {
        written.writeOffs.push(choice);
        return decided;
      },
    },
    calendar: {
      move: async (campaignId, start) => {
        written.moves.push(start);
        const { controlSeq = 0, flag = "running" } = world.control ?? {};
        return { campaignId, flag, status: start.status, controlSeq: controlSeq + 1 };
      },
    },
    reports: {
      balance: noReports,
      skips: noReports,
      causes: noReports,
      unknown: noReports,
      held: noReports,
      deferred: noReports,
      pace: noReports,
      openBlocks: noReports,
      control: noReports,
      controlActs: noReports,
      askedAt: noReports,
      lastGrantAtMs: noReports,
      ...world.reports,
    },
    campaignList: {
      page: noReports,
      drafts: noReports,
      named: noReports,
      open: noReports,
      undecided: noReports,
      undecidedCount: noReports,
      ...world.campaignList,
    },
    recipients: { page: noReports, find: noReports, background: noReports, exportPage: noReports, ...world.recipients },
  };
  return { ctx, written };
}
