import type { SenderId, TemplateId } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";

export type Sender = {
  readonly senderId: SenderId;
  readonly sourceId: string;
  readonly displayNumber: string;
  readonly isConnected: boolean;
  readonly capPerSecond: number;
};
/** What holds for a campaign of a number now. */
export type SenderCondition = {
  readonly killedBy: "deployment" | "workspace" | "number" | null;
  /** People the portfolio may write to in 24 h outside a service window, and those who have a place; null: no limit is known. */
  readonly day: { readonly limit: number; readonly reserved: number } | null;
  /** People that one campaign of the workspace may reach. */
  readonly maxPerCampaign: number;
};
export type SenderPort = {
  readonly find: (senderId: SenderId) => Promise<Sender | null>;
  /** Of a sender that `find` has found. */
  readonly condition: (senderId: SenderId) => Promise<SenderCondition>;
};

/** A template as the provider has it now. */
export type Template = {
  readonly templateId: TemplateId;
  readonly sourceId: string;
  readonly status: string;
  readonly frozen: FrozenTemplate;
  readonly components: readonly TemplateComponent[];
};
export type TemplateComponent = {
  readonly type: string;
  readonly format?: string;
  readonly text?: string;
  readonly buttons?: readonly { readonly type: string; readonly text?: string; readonly url?: string }[];
};
export type TemplatePort = {
  /** By exact name, within the source of the sender: every language of it. */
  readonly findByName: (sourceId: string, name: string) => Promise<readonly Template[]>;
};

/** Where the value of one placeholder comes from. Keys are `body.1`, `body.first_name`, `header.1`, `header.media`, `button.0`. */
export type VariableSource =
  | { readonly from: "field"; readonly field: string; readonly fallback?: string | undefined }
  | { readonly from: "static"; readonly value: string };
export type VariableSources = Readonly<Record<string, VariableSource>>;
