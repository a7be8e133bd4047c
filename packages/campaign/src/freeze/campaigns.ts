import type { CampaignId, ContactId, SenderId, TemplateId } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";
import type { AudienceDefinition } from "../audience/audience.ts";
import type { VariableSources } from "../compose/content.ts";
import type { Offer } from "../compose/offer.ts";
import type { LatePolicy } from "../compose/schedule.ts";
import type { CampaignStatus } from "../ledger/campaign-status.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import type { FrozenChunk } from "./chunk.ts";

/** A test goes to a handful of people, before every bulk campaign of its number. */
export type CampaignKind = "bulk" | "test";
/** How many people one campaign may reach now, and by whose word. */
export type RecipientLimit = { readonly maxRecipients: number; readonly limitedBy: "workspace" | "portfolio" };

export type NewCampaign = {
  readonly kind: CampaignKind;
  readonly name: string;
  readonly senderId: SenderId;
  readonly sourceId: string;
  readonly templateId: TemplateId;
  readonly frozenTemplate: FrozenTemplate;
  readonly audience: AudienceDefinition;
  readonly variables: VariableSources;
  readonly offer: Offer;
  readonly scheduledAtMs: number | null;
  /** IANA name of the zone the time was named in; null: it was an instant, or there is none. */
  readonly scheduleZone: string | null;
  readonly latePolicy: LatePolicy;
  readonly expiresAtMs: number;
};
export type Campaign = {
  readonly campaignId: CampaignId;
  readonly kind: CampaignKind;
  readonly name: string;
  readonly status: CampaignStatus;
  readonly senderId: SenderId;
  readonly planned: number;
  readonly pauseReasons: readonly string[];
  readonly scheduledAtMs: number | null;
  readonly scheduleZone: string | null;
  readonly latePolicy: LatePolicy;
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly isStagingDegraded: boolean;
};
/** One row of the ledger to be: a place in a chunk, or the reason why not. */
export type PlannedMessage =
  | { readonly contactId: ContactId; readonly chunkNo: number; readonly entryNo: number }
  | { readonly contactId: ContactId; readonly skipped: SkipReason };

export type CampaignPort = {
  readonly find: (campaignId: CampaignId) => Promise<Campaign | null>;
  /**
   * The smaller of the workspace's setting and what the daily limit of the sender's portfolio leaves; a start more than 24 h from now is not
   * measured against what is taken today.
   * @param startsAtMs null: now
   */
  readonly limits: (senderId: SenderId, startsAtMs: number | null) => Promise<RecipientLimit>;
  /** The campaign's row with status `queued`, or `scheduled` when it has a time, and its control row. */
  readonly create: (campaign: NewCampaign) => Promise<CampaignId>;
  readonly addChunk: (campaignId: CampaignId, chunk: FrozenChunk) => Promise<void>;
  readonly addMessages: (campaignId: CampaignId, messages: readonly PlannedMessage[]) => Promise<void>;
  /** Writes the totals, the start row of the outbox and the audit entry: from here on the campaign will run. */
  readonly seal: (campaignId: CampaignId, totals: { readonly planned: number; readonly chunkCount: number }) => Promise<void>;
};
