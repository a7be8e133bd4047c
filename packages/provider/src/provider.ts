import type { Result } from "@herald/kernel";
import type { OutgoingMessage, SenderAccount } from "./message.ts";
import type { Outcome } from "./outcome.ts";
import type { ParsedWebhook, TemplateStanding } from "./webhook.ts";

/** When the request may begin, on the host's monotonic clock. Past `notAfterMs` nothing is written (laws L2, L5). */
export type SendWindow = { readonly notAfterMs: number };

export type Capabilities = {
  readonly channel: "whatsapp" | "sms" | "rcs" | "telegram" | "email";
  readonly needsTemplate: boolean;
  readonly echoesOpaqueId: boolean;
};

export type SenderPlan = {
  /** Messages per second in any sliding second. */
  readonly capPerSecond: number;
  readonly source: "meta_phone_throughput" | "meta_default_throughput" | "meta_coexistence";
  readonly level: string;
  /** People a day whom the number's portfolio may write to first, shared by all its numbers; null: the answer did not say. */
  readonly portfolioLimit: number | "unlimited" | null;
};

export type RemoteTemplate = TemplateStanding & {
  readonly providerTemplateId: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly parameterFormat: "positional" | "named";
  readonly components: readonly unknown[];
};

/** A look-up that gave no complete answer; nothing may be concluded from what is missing. `code` is null when the provider gave none. */
export type LookupFailed = {
  readonly type: "lookup_failed";
  readonly code: string | null;
  readonly detail: string;
  /** The number is being worked on at the provider's, for an upgrade say: what was known of it still holds. */
  readonly isInMaintenance: boolean;
};

/** One adapter per provider implements this; `@herald/provider/testing` holds the suite every adapter must pass. */
export type MessageProvider = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** One request, no client retry. Never throws for anything the provider or the network does. */
  readonly send: (account: SenderAccount, message: OutgoingMessage, window: SendWindow) => Promise<Outcome>;
  /** Lenient: unknown fields, types and statuses are kept, never thrown. Bytes that are no webhook give `kind: "unreadable"`. */
  readonly parseWebhook: (rawBody: Uint8Array) => ParsedWebhook;
  /** Constant time, over the raw bytes; accepts the current and the previous secret. */
  readonly isSignatureValid: (rawBody: Uint8Array, signatureHeader: string | null, secrets: readonly string[]) => boolean;
  /** Asks the provider for the number's pace and its portfolio's limit. Never rejects; an answer without a pace is a failure. */
  readonly readSenderPlan: (account: SenderAccount) => Promise<Result<SenderPlan, LookupFailed>>;
  /** All templates or a failure, never a part of them: a missing template would read as a deleted one. */
  readonly listTemplates: (account: SenderAccount, wabaId: string) => Promise<Result<readonly RemoteTemplate[], LookupFailed>>;
  /** Opens connections ahead of the first slot, writing nothing; answers how many stand ready. Adapters without connections leave it out. */
  readonly warmUp?: (connections: number) => Promise<number>;
  readonly close: () => Promise<void>;
};
