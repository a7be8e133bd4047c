/**
 * What one request to a provider came to. Closed on purpose: an adapter maps everything it meets onto these, and nothing outside an adapter knows a provider's code.
 * Facts behind the classes: Meta, developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const refusalClasses = [
  "SOON", // try the same message again after a back-off
  "HOURS", // try again in 24 h or later, a bounded number of times
  "CONTACT", // this recipient cannot get it, now or by a retry
  "ROW", // this recipient's data is wrong
  "TEMPLATE", // no send of this template can succeed until it is cured
  "NUMBER", // no send of this sender can succeed until it is cured
  "WABA", // no send of the whole account can succeed until it is cured
  "TOKEN", // the credential must be renewed
  "OPS", // a person must look
  "unclassified", // the adapter does not know the code
] as const;
export type RefusalClass = (typeof refusalClasses)[number];

/** How far a refusal reaches: what should slow down or stop besides this message. */
export const refusalScopes = ["message", "contact", "template", "number", "account", "app"] as const;
export type RefusalScope = (typeof refusalScopes)[number];

export type Accepted = {
  readonly kind: "accepted";
  readonly providerMessageId: string;
  /** The provider keeps the message back for a quality review; a later receipt releases or fails it. */
  readonly isHeld: boolean;
};
export type Refused = {
  readonly kind: "refused";
  readonly class: RefusalClass;
  /** Absent means `message`. `SOON` of a number slows the number, `SOON` of a contact delays that contact alone. */
  readonly scope?: RefusalScope;
  /** The provider's own code, as text; null when the answer carried none. */
  readonly code: string | null;
  /** Redacted words of the provider, for the operator. */
  readonly detail: string;
  /** The least time to wait before this message may be tried again. */
  readonly retryAfterMs: number | null;
  /** How often this message may be tried in all, when the class allows a retry. */
  readonly maxAttempts: number;
};
/** The request may have been carried out: nothing that proves either way came back. Never sent again by the system (law L3). */
export type Ambiguous = {
  readonly kind: "ambiguous";
  readonly cause: "timeout" | "connection_lost" | "unreadable_answer";
  readonly detail: string;
};
/** Not one byte of the request was written. */
export type NotStarted = { readonly kind: "not_started"; readonly cause: "too_late" | "no_connection" | "cancelled" };

export type Outcome = Accepted | Refused | Ambiguous | NotStarted;
