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

export type ProviderEvent = ReceiptEvent | InboundEvent | PreferenceEvent | UnknownEvent;

export type ParsedWebhook =
  | { readonly kind: "unreadable"; readonly reason: string }
  | {
      readonly kind: "events";
      readonly groups: readonly { readonly providerNumberId: string | null; readonly events: readonly ProviderEvent[] }[];
    };
