export const receiptStatuses = ["sent", "delivered", "read", "failed"] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** One thing a webhook will tell. `occurredAtMs` is the timestamp in the payload, `dueAtMs` when it may leave. */
export type PlannedUpdate = StatusUpdate | InboundUpdate;

type Planned = {
  readonly updateId: number;
  readonly occurredAtMs: number;
  readonly dueAtMs: number;
  /** A second copy sent on purpose, as Meta's retries produce; truth counts it apart. */
  readonly isDuplicate: boolean;
};

/** A receipt of the message `wamid`. */
export type StatusUpdate = Planned & {
  readonly kind: "status";
  readonly wamid: string;
  readonly status: ReceiptStatus;
  readonly failure: { readonly code: number; readonly details: string | null } | null;
  readonly hasPricing: boolean;
};

/** A user's message to the business. */
export type InboundUpdate = Planned & {
  readonly kind: "inbound";
  readonly wamid: string;
  readonly phoneNumberId: string;
  readonly waId: string | null;
  readonly userId: string;
  readonly content: InboundContent;
  /** The message quoted, or the template whose button was tapped. */
  readonly contextWamid: string | null;
  /** The send whose script asked for this reply; null when it was injected by hand. */
  readonly scriptedFor: string | null;
};

export type InboundContent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "button"; readonly text: string; readonly payload: string };
