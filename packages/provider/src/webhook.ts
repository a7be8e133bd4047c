import type { Address } from "@herald/kernel";
import type { Refused } from "./outcome.ts";

/** What a provider later says of a message. Order is the order of a message's life; a receipt only moves forward (law L9). */
export const receipts = ["sent", "undelivered", "delivered", "read", "played"] as const;
export type Receipt = (typeof receipts)[number];

export type ReceiptEvent = {
  readonly kind: "receipt";
  readonly providerMessageId: string;
  readonly opaqueId: string | null;
  readonly receipt: Receipt | "failed";
  /** Milliseconds since the Unix epoch, by the provider's clock; 0 when it gave no time. */
  readonly atMs: number;
  /** Set when `receipt` is `failed`. */
  readonly failure: Omit<Refused, "kind"> | null;
  readonly pricing: { readonly category: string; readonly type: string } | null;
};

export type InboundEvent = {
  readonly kind: "inbound";
  readonly providerMessageId: string;
  readonly atMs: number;
  /** Every identity the provider gave for the person; the first one is the best to answer to. Never empty. */
  readonly from: readonly Address[];
  readonly profileName: string | null;
  readonly type: string;
  readonly text: string | null;
  /** Payload of a tapped button, or the values of a filled form as their JSON. */
  readonly buttonPayload: string | null;
  /** The message this one answers, as the provider names it. */
  readonly repliesToProviderMessageId: string | null;
};

export type PreferenceEvent = {
  readonly kind: "preference";
  readonly atMs: number;
  readonly from: readonly Address[];
  readonly marketing: "stop" | "resume";
};

/** Kept as it came, shown to operators, never an error. */
export type UnknownEvent = { readonly kind: "unknown"; readonly field: string };

type OfAccount = {
  /** The account as the provider names it. */
  readonly providerAccountId: string;
  /** Milliseconds since the Unix epoch, by the provider's clock; 0 when it gave no time. */
  readonly atMs: number;
};

/** Which template is meant; a provider may name it by its id, or by name and language, or by both. */
export type TemplateName = {
  readonly providerTemplateId: string | null;
  readonly name: string | null;
  /** As `RemoteTemplate.language` writes it. */
  readonly language: string | null;
};

/** What a status of a template means for sending. */
export type TemplateStanding = {
  /** `APPROVED`, or the provider's word for why not. */
  readonly status: string;
  /** Null: the word is not known to say either. */
  readonly isSendable: boolean | null;
  /** Codes of refusals that this status puts an end to, the provider's and the words above. */
  readonly cures: readonly string[];
  /** Codes of refusals that only repeat what this status says. */
  readonly refusals: readonly string[];
};

export type TemplateStatusEvent = OfAccount & {
  readonly kind: "template_status";
  readonly template: TemplateName;
  readonly standing: TemplateStanding;
};
/** Its content, its category or something else of it is another: the list of templates tells what it is now. */
export type TemplateChangedEvent = OfAccount & {
  readonly kind: "template_changed";
  readonly template: TemplateName;
  /** The category that holds from now on, when the event names it. */
  readonly category: string | null;
};
/** Something about a number's pace may be another: `readSenderPlan` tells what it is now. */
export type NumberChangedEvent = OfAccount & {
  readonly kind: "number_changed";
  /** Digits only, with the country code; null: any number of the account. */
  readonly displayNumber: string | null;
};
/** How many people the account's portfolio may write to first in a day; null is without limit. */
export type PortfolioLimitEvent = OfAccount & { readonly kind: "portfolio_limit"; readonly limit: number | null };
/** The account may not send any more, or may again. */
export type AccountStateEvent = OfAccount & {
  readonly kind: "account_state";
  /** Words about one thing follow each other; those about different things do not. */
  readonly topic: "restriction" | "ban" | "access" | "review";
  readonly isRestricted: boolean;
  /** The provider's word. */
  readonly code: string;
  /** When a restriction ends by itself; null when nobody said. */
  readonly untilMs: number | null;
  /** Codes of refusals and restrictions that a release puts an end to. */
  readonly cures: readonly string[];
  /** Codes of refusals that only repeat what a restriction says, and end with it. */
  readonly refusals: readonly string[];
};
export type AccountEvent = TemplateStatusEvent | TemplateChangedEvent | NumberChangedEvent | PortfolioLimitEvent | AccountStateEvent;

export type ProviderEvent = ReceiptEvent | InboundEvent | PreferenceEvent | AccountEvent | UnknownEvent;

export type ParsedWebhook =
  | { readonly kind: "unreadable"; readonly reason: string }
  | {
      readonly kind: "events";
      /** Events of an account stand in the group without a number. */
      readonly groups: readonly { readonly providerNumberId: string | null; readonly events: readonly ProviderEvent[] }[];
    };
