import type { ReceiptRecord } from "@herald/campaign";

/** The shape of one receipt in `herald.merge_receipts`, and of a parked one. Campaign and countsAsAttempt are kept for the way back only. */
export type RecordJson = {
  readonly providerMessageId: string;
  readonly campaignId: string | null;
  readonly messageId: string | null;
  readonly attempt: number | null;
  readonly receipt: string;
  readonly atMs: number;
  readonly state: string | null;
  readonly reason: string | null;
  readonly retryMs: number | null;
  readonly maxAttempts: number | null;
  readonly code: string | null;
  readonly class: string | null;
  readonly detail: string | null;
  readonly counts: boolean;
  readonly block: string | null;
  readonly backOff: number;
  readonly pace: string | null;
  readonly pricingCategory: string | null;
  readonly pricingType: string | null;
};

export function toRecordJson({ providerMessageId, attemptRef, receipt, atMs, settlement, pricing }: ReceiptRecord): RecordJson {
  return {
    providerMessageId,
    campaignId: attemptRef?.campaignId ?? null,
    messageId: attemptRef?.messageId ?? null,
    attempt: attemptRef?.attempt ?? null,
    receipt,
    atMs,
    state: settlement?.state ?? null,
    reason: settlement?.reason ?? null,
    retryMs: settlement?.retryInMs ?? null,
    maxAttempts: settlement?.maxAttempts ?? null,
    code: settlement?.code ?? null,
    class: settlement?.class ?? null,
    detail: settlement?.detail ?? null,
    counts: settlement?.countsAsAttempt ?? true,
    block: settlement?.block ?? null,
    backOff: settlement?.backOff ?? 1,
    pace: settlement?.pace ?? null,
    pricingCategory: pricing?.category ?? null,
    pricingType: pricing?.type ?? null,
  };
}

/** A parked receipt, as it was before it was parked. */
export function fromRecordJson(json: RecordJson): ReceiptRecord {
  const ref = json.messageId !== null && json.campaignId !== null && json.attempt !== null;
  return {
    providerMessageId: json.providerMessageId,
    attemptRef: ref
      ? ({ campaignId: json.campaignId, messageId: json.messageId, attempt: json.attempt } as ReceiptRecord["attemptRef"])
      : null,
    receipt: json.receipt as ReceiptRecord["receipt"],
    atMs: json.atMs,
    settlement:
      json.state === null
        ? null
        : ({
            state: json.state,
            reason: json.reason,
            retryInMs: json.retryMs,
            maxAttempts: json.maxAttempts ?? 1,
            providerMessageId: null,
            code: json.code,
            class: json.class,
            detail: json.detail,
            countsAsAttempt: json.counts,
            block: json.block,
            backOff: json.backOff,
            pace: json.pace,
          } as NonNullable<ReceiptRecord["settlement"]>),
    pricing: json.pricingCategory === null || json.pricingType === null ? null : { category: json.pricingCategory, type: json.pricingType },
  };
}
