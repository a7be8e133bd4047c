import type { RefusalClass } from "../outcome.ts";
import type { MessageProvider } from "../provider.ts";
import type { Receipt } from "../webhook.ts";

/** What the next request meets. Every script but `refuse` carries the message out or leaves that open. */
export type Script =
  | { readonly kind: "accept"; readonly providerMessageId: string }
  | { readonly kind: "hold"; readonly providerMessageId: string }
  /** The provider's own words for a refusal of this class. */
  | { readonly kind: "refuse"; readonly class: RefusalClass }
  /** Takes the request and closes the connection without a byte of answer. */
  | { readonly kind: "accept_then_cut" }
  | { readonly kind: "hang" }
  /** A 500 as a proxy would give it. */
  | { readonly kind: "error_without_envelope" }
  /** An acceptance whose bytes end in the middle. */
  | { readonly kind: "truncated_answer" };

/** A server of one test that speaks the provider's wire format. The suite itself knows no HTTP. */
export type ScriptedServer = {
  readonly baseUrl: string;
  readonly answerNext: (script: Script) => void;
  /** Opaque ids of the requests that arrived whole, oldest first. */
  readonly receivedOpaqueIds: () => readonly (string | null)[];
  readonly bytesReceived: () => number;
  readonly close: () => Promise<void>;
};

type OfAccount = { readonly accountId: string };
type OfTemplate = OfAccount & { readonly name: string; readonly language: string };
export type AccountHooks = {
  readonly templateStatus: (of: OfTemplate & { readonly isSendable: boolean }) => Uint8Array;
  readonly templateCategory: (of: OfTemplate & { readonly category: string }) => Uint8Array;
  readonly templateContent: (of: OfTemplate) => Uint8Array;
  readonly numberPace: (of: OfAccount & { readonly displayNumber: string }) => Uint8Array;
  readonly portfolioLimit: (of: OfAccount & { readonly limit: number | null }) => Uint8Array;
  readonly accountState: (of: OfAccount & { readonly isRestricted: boolean }) => Uint8Array;
};

export type WebhookHooks = {
  readonly receipt: (of: {
    readonly providerMessageId: string;
    readonly opaqueId: string;
    readonly receipt: Receipt | "failed";
    readonly failure?: RefusalClass;
  }) => Uint8Array;
  readonly inboundText: (of: { readonly providerMessageId: string; readonly text: string }) => Uint8Array;
  /** What happens to an account that the provider calls `accountId`; without one the provider reports nothing of the kind. */
  readonly account?: AccountHooks;
  readonly signatureHeader: (rawBody: Uint8Array, secret: string) => string;
};

export type ProviderOptions = { readonly baseUrl: string; readonly monotonicMs: () => number; readonly totalTimeoutMs: number };

/** What an adapter hands to the suite. */
export type ProviderUnderTest = {
  readonly name: string;
  readonly create: (options: ProviderOptions) => MessageProvider;
  readonly server: () => Promise<ScriptedServer>;
  /** A base URL where nothing listens. */
  readonly deadBaseUrl: () => Promise<string>;
  /** The classes this provider has a refusal for. */
  readonly refusals: readonly RefusalClass[];
  /** The receipts this provider reports. */
  readonly receipts: readonly Receipt[];
  readonly webhooks: WebhookHooks;
};
