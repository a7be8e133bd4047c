import type { output } from "zod";
import type { ReportAnswer } from "../../doors/answers/campaign.ts";
import type { PaceAnswer } from "../../doors/answers/pace.ts";

/** What `GET /api/campaigns/{campaignId}` answers, and the server renders at first. */
export type Report = output<typeof ReportAnswer>;
/** What `GET /api/campaigns/{campaignId}/pace` answers. */
export type PaceReport = output<typeof PaceAnswer>;

/** What a page knows of its campaign once and for all, and of who looks at it. */
export type CampaignFacts = {
  readonly workspaceId: string;
  readonly campaignId: string;
  /** Who looks. */
  readonly userId: string;
  /** As people write it: "+1 555 010 0100". */
  readonly senderNumber: string;
  /** "Lucky Shrub"; empty: the provider knows none. */
  readonly senderName: string;
  /** Names of members by their ids, for telling who did something. */
  readonly colleagues: Readonly<Record<string, string>>;
  readonly template: { readonly name: string; readonly language: string };
  /** May pause, resume, change the speed, decide. */
  readonly mayControl: boolean;
  /** May let an emergency stop go. */
  readonly mayFree: boolean;
};

export const msOf = (iso: string): number => Date.parse(iso);
