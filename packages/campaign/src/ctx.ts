import type { Actor, WorkspaceId } from "@herald/kernel";
import type { AudiencePort } from "./audience/audience.ts";
import type { SenderPort, TemplatePort } from "./compose/content.ts";
import type { DraftPort } from "./compose/drafts.ts";
import type { BlockPort } from "./dispatch/blocks.ts";
import type { CalendarPort } from "./dispatch/calendar.ts";
import type { ControlPort } from "./dispatch/controls.ts";
import type { SwitchPort } from "./dispatch/kill-switch.ts";
import type { CampaignPort } from "./freeze/campaigns.ts";
import type { DecisionPort } from "./ledger/decisions.ts";
import type { LedgerBalance } from "./ledger/ledger.ts";
import type { CampaignListPort } from "./report/campaign-list-port.ts";
import type { RecipientPort } from "./report/recipient-port.ts";
import type { ReportPort } from "./report/report-port.ts";

/** What a role may be allowed to do with campaigns; the one table of roles is in packages/identity. */
export type CampaignAction =
  | "campaign.read"
  | "campaign.preview"
  | "campaign.write"
  | "campaign.send"
  | "campaign.control"
  | "sending.resume"
  | "contacts.export";

/** One unit of work: who acts, in which workspace, with ports bound to one transaction. */
export type CampaignCtx = {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly nowMs: number;
  readonly allows: (action: CampaignAction) => boolean;
  readonly senders: SenderPort;
  readonly templates: TemplatePort;
  readonly drafts: DraftPort;
  readonly audiences: AudiencePort;
  readonly campaigns: CampaignPort;
  readonly controls: ControlPort;
  readonly switches: SwitchPort;
  readonly blocks: BlockPort;
  readonly decisions: DecisionPort;
  readonly calendar: CalendarPort;
  readonly reports: ReportPort;
  readonly recipients: RecipientPort;
  readonly campaignList: CampaignListPort;
};

export type { LedgerBalance };
