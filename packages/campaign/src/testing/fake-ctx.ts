import type { Candidate } from "../audience/audience.ts";
import type { Sender, Template, VariableSources } from "../compose/content.ts";
import type { CampaignDraft } from "../compose/draft.ts";
import type { CampaignAction, CampaignCtx } from "../ctx.ts";
import type { CampaignControl } from "../dispatch/controls.ts";
import type { Campaign, NewCampaign, PlannedMessage } from "../freeze/campaigns.ts";
import type { Chunk } from "../freeze/chunk.ts";
import type { LaunchCampaign } from "../freeze/launch-campaign.ts";
import type { ReportPort } from "../report/report-port.ts";
import { aCampaignId, aContactId, aSenderId, aTemplateId, aWorkspaceId } from "./ids.ts";

export const nowMs = Date.UTC(2026, 0, 5, 12);
const pageSize = 7;

/** Somebody who may get marketing: active, reachable, with consent. */
export const aPerson = (number: number, change: Partial<Candidate> = {}): Candidate => ({
  contactId: aContactId(number),
  displayName: `Person ${number}`,
  fields: { city: "Lima" },
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
  expiresInHours: 72,
  ...change,
});

/** What was written, as it would stand in the tables before the commit. */
export type Written = {
  campaign: NewCampaign | null;
  readonly chunks: Chunk[];
  readonly messages: PlannedMessage[];
  sealed: { readonly planned: number; readonly chunkCount: number } | null;
  readonly commits: Parameters<CampaignCtx["controls"]["commit"]>[1][];
};
export type FakeWorld = {
  readonly people?: readonly Candidate[];
  readonly senders?: readonly Sender[];
  readonly templates?: readonly Template[];
  /** Audience parts that are not of this workspace. */
  readonly foreignParts?: readonly string[];
  readonly maxRecipients?: number;
  readonly allowed?: readonly CampaignAction[];
  readonly control?: CampaignControl;
  readonly campaign?: Campaign;
  readonly reports?: Partial<ReportPort>;
};

const everyAction: readonly CampaignAction[] = ["campaign.read", "campaign.preview", "campaign.send", "campaign.control"];
export const asViewer: readonly CampaignAction[] = ["campaign.read"];

/** A unit of work over values instead of tables. */
export function fakeCtx(world: FakeWorld = {}): { readonly ctx: CampaignCtx; readonly written: Written } {
  const written: Written = { campaign: null, chunks: [], messages: [], sealed: null, commits: [] };
  const noReports = () => Promise.reject(new Error("no reports in this world"));
  const ctx: CampaignCtx = {
    actor: { kind: "system", name: "test" },
    workspaceId: aWorkspaceId(),
    nowMs,
    allows: (action) => (world.allowed ?? everyAction).includes(action),
    senders: { find: async (senderId) => (world.senders ?? [aSender()]).find((sender) => sender.senderId === senderId) ?? null },
    templates: {
      findByName: async (sourceId, name) =>
        (world.templates ?? [aTemplate()]).filter((template) => template.sourceId === sourceId && template.frozen.name === name),
    },
    audiences: {
      async *pages() {
        const all = world.people ?? people(3);
        for (let from = 0; from < all.length; from += pageSize) yield all.slice(from, from + pageSize);
      },
      missingParts: async () => world.foreignParts ?? [],
    },
    campaigns: {
      find: async (campaignId) => (world.campaign?.campaignId === campaignId ? world.campaign : null),
      limits: async () => ({ maxRecipients: world.maxRecipients ?? 1000 }),
      create: async (campaign) => {
        written.campaign = campaign;
        return aCampaignId();
      },
      addChunk: async (_campaignId, chunk) => void written.chunks.push(chunk),
      addMessages: async (_campaignId, messages) => void written.messages.push(...messages),
      seal: async (_campaignId, totals) => {
        written.sealed = totals;
      },
    },
    controls: {
      lock: async (campaignId) => (world.control?.campaignId === campaignId ? world.control : null),
      commit: async (campaignId, change) => {
        written.commits.push(change);
        return { campaignId, flag: change.flag, status: change.status, controlSeq: (world.control?.controlSeq ?? 0) + 1 };
      },
    },
    reports: {
      balance: noReports,
      skips: noReports,
      causes: noReports,
      openBlocks: noReports,
      message: noReports,
      messages: noReports,
      lastGrantAtMs: noReports,
      ...world.reports,
    },
  };
  return { ctx, written };
}
