export const receiptStatuses = ["sent", "delivered", "read", "failed"] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** One thing a webhook will tell. `occurredAtMs` is the timestamp in the payload, `dueAtMs` when it may leave. */
export type PlannedUpdate = StatusUpdate | InboundUpdate | NoticeUpdate;

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

/** Anything else an app can subscribe to: `field` and `value` of the webhook, about a whole WABA. */
export type NoticeUpdate = Planned & {
  readonly kind: "notice";
  readonly wabaId: string;
  readonly field: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The send whose script asked for it; null otherwise. */
  readonly scriptedFor: string | null;
};

/** A `failed` receipt that leaves at once. */
export const failedNow = (wamid: string, code: number, updateId: number, atMs: number): StatusUpdate => ({
  kind: "status",
  updateId,
  wamid,
  status: "failed",
  failure: { code, details: null },
  hasPricing: false,
  occurredAtMs: atMs,
  dueAtMs: atMs,
  isDuplicate: false,
});
