import {
  type AttemptResult,
  defaultPace,
  type GrantAnswer,
  type GrantedMessage,
  type LaneRequest,
  type ReceiptRecord,
  settleOutcome,
  settleRefusal,
} from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import type { Engine } from "@herald/postgres";
import type { Outcome, RefusalClass } from "@herald/provider";
import type { Shop } from "../index.ts";

export type OwnedLane = { readonly campaignId: CampaignId; readonly epoch: number };
export type Holding = GrantedMessage & { readonly campaignId: CampaignId };

export async function takeOver(engine: Engine, shop: Shop, campaignId: CampaignId): Promise<OwnedLane> {
  const { epoch } = await engine.gate.takeOver(shop.workspaceId, campaignId);
  return { campaignId, epoch };
}

export function ask(engine: Engine, shop: Shop, lanes: readonly OwnedLane[], want = 1000): Promise<GrantAnswer> {
  return engine.gate.grant({
    workspaceId: shop.workspaceId,
    senderId: shop.sender.senderId,
    lanes: lanes.map((lane): LaneRequest => ({ ...lane, want })),
    pace: defaultPace,
  });
}

export const heldOf = (answer: GrantAnswer): readonly Holding[] =>
  answer.lanes.flatMap(({ campaignId, messages }) => messages.map((message) => ({ ...message, campaignId })));

/** Asks until `count` messages were granted, or until every lane is drained or refused. */
export async function grantAll(
  engine: Engine,
  shop: Shop,
  lanes: readonly OwnedLane[],
  count = Number.POSITIVE_INFINITY,
): Promise<readonly Holding[]> {
  const held: Holding[] = [];
  while (held.length < count) {
    const answer = await ask(engine, shop, lanes, Math.min(1000, count - held.length));
    held.push(...heldOf(answer));
    if (answer.lanes.every(({ reason }) => !["granted", "pace", "turn"].includes(reason))) break;
    await wait(Math.min(...answer.lanes.map(({ waitMs }) => waitMs)));
  }
  return held;
}

/** The gate says how long a budget needs to grow again. */
export const wait = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));

export const wamidOf = ({ messageId, attempt }: { readonly messageId: string; readonly attempt: number }): string =>
  `wamid.${messageId}.${attempt}`;

function resultOf(held: Holding, outcome: Outcome): AttemptResult {
  return {
    messageId: held.messageId,
    attempt: held.attempt,
    campaignId: held.campaignId,
    latencyMs: 5,
    settlement: settleOutcome(outcome),
  };
}
export const acceptedResult = (held: Holding): AttemptResult =>
  resultOf(held, { kind: "accepted", providerMessageId: wamidOf(held), isHeld: false });
export const ambiguousResult = (held: Holding): AttemptResult => resultOf(held, { kind: "ambiguous", cause: "timeout", detail: "" });
export const notStartedResult = (held: Holding): AttemptResult => resultOf(held, { kind: "not_started", cause: "too_late" });

const refusal = (cls: RefusalClass, maxAttempts: number) => ({ class: cls, code: "131000", detail: "", retryAfterMs: null, maxAttempts });
export const refusedResult = (held: Holding, cls: RefusalClass, maxAttempts = 3): AttemptResult =>
  resultOf(held, { kind: "refused", ...refusal(cls, maxAttempts) });

export function receiptOf(
  held: Holding,
  receipt: ReceiptRecord["receipt"],
  options: { readonly atMs?: number; readonly failure?: RefusalClass; readonly maxAttempts?: number; readonly isOpaque?: boolean } = {},
): ReceiptRecord {
  const { atMs = 1_700_000_000_000, failure = "CONTACT", maxAttempts = 3, isOpaque = false } = options;
  return {
    providerMessageId: wamidOf(held),
    attemptRef: isOpaque ? { campaignId: held.campaignId, messageId: held.messageId, attempt: held.attempt } : null,
    receipt,
    atMs,
    settlement: receipt === "failed" ? settleRefusal(refusal(failure, maxAttempts)) : null,
    pricing: null,
  };
}
