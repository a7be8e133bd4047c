import type { BusinessNumber, Config } from "../config/config.ts";
import { shownIdentity } from "../people/identity.ts";
import { profileNameOf } from "../people/profile.ts";
import { between, type Random, shareOf } from "../random.ts";
import type { Outcome } from "../scenario/rules.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import { inboundWamid } from "../wamid.ts";
import { preferenceNotice } from "./notices.ts";
import type { InboundContent, PlannedUpdate, ReceiptStatus, StatusUpdate } from "./updates.ts";

export type PlanInput = {
  readonly message: AcceptedMessage;
  readonly acceptedAtMs: number;
  readonly outcome: Pick<Outcome, "receipts" | "reply">;
  /** The template's first quick-reply button; null when it has none. */
  readonly quickReply: { readonly text: string; readonly payload: string } | null;
  readonly config: Config;
  /** The business number written from; null when it is configured no more, and then nobody replies by menu. */
  readonly number: BusinessNumber | null;
  readonly random: Random;
  readonly nextUpdateId: () => number;
};

/** A second copy of an update follows within this time (scaled). */
const duplicateAfter = { minMs: 100, maxMs: 3000 };

/** Lays down, at acceptance, everything that webhooks will tell about one message, with its moments. Times are scaled by `timeScale`. */
export function planUpdates(input: PlanInput): PlannedUpdate[] {
  const statuses = planStatuses(input);
  const reply = planReply(input, statuses);
  const planned: PlannedUpdate[] = reply === null ? shuffleSome(statuses, input) : [...shuffleSome(statuses, input), reply];
  return planned.flatMap((update) => withDuplicate(update, input));
}

function planStatuses({ message, acceptedAtMs, outcome, config, random, nextUpdateId }: PlanInput): StatusUpdate[] {
  const { sentAfter, deliveredAfter, readAfter } = config.receipts;
  const sentAtMs = acceptedAtMs + between(random, sentAfter) * config.timeScale;
  const deliveredAtMs = sentAtMs + between(random, deliveredAfter) * config.timeScale;
  const momentOf: Readonly<Record<ReceiptStatus, number>> = {
    sent: sentAtMs,
    delivered: deliveredAtMs,
    read: deliveredAtMs + between(random, readAfter) * config.timeScale,
    failed: deliveredAtMs,
  };
  const script = outcome.receipts;
  const told = statusesTold(script, shareOf(config.seed, "read", message.recipient) < config.receipts.readShare);
  return told.map((status) => ({
    kind: "status",
    updateId: nextUpdateId(),
    wamid: message.wamid,
    status,
    failure: script.kind === "failed" && status === "failed" ? { code: script.code, details: script.details ?? null } : null,
    hasPricing: status === "sent" || status === "delivered" || (status === "read" && !told.includes("delivered")),
    occurredAtMs: Math.round(momentOf[status]),
    dueAtMs: Math.round(momentOf[status]),
    isDuplicate: false,
  }));
}

function statusesTold(script: Outcome["receipts"], isReader: boolean): readonly ReceiptStatus[] {
  switch (script.kind) {
    case "none":
      return [];
    case "sent":
      return ["sent"];
    case "delivered":
      return ["sent", "delivered"];
    case "read":
      return ["sent", "delivered", "read"];
    case "read_without_delivered":
      return ["sent", "read"];
    case "failed":
      return script.afterSent ? ["sent", "failed"] : ["failed"];
    case "normal":
      return isReader ? ["sent", "delivered", "read"] : ["sent", "delivered"];
  }
}

/** When a message reaches its user, by its plan; null when it never does. */
export function deliveredAtMsOf(updates: readonly PlannedUpdate[]): number | null {
  const arrivals = updates.filter((each) => each.kind === "status" && (each.status === "delivered" || each.status === "read"));
  return arrivals.length === 0 ? null : Math.min(...arrivals.map((each) => each.occurredAtMs));
}

function planReply(input: PlanInput, statuses: readonly StatusUpdate[]): PlannedUpdate | null {
  const { message, acceptedAtMs, outcome, quickReply, config, random, nextUpdateId } = input;
  const script = outcome.reply;
  if (script.kind === "none" || message.failedCode !== null) return null;
  const seenAtMs = statuses.find((each) => each.status === "delivered")?.occurredAtMs ?? statuses.at(-1)?.occurredAtMs ?? acceptedAtMs;
  const repliesAtMs = Math.round(seenAtMs + (script.delayMs ?? between(random, config.receipts.replyAfter)) * config.timeScale);
  if (script.kind === "stop_marketing") return planPreference(input, repliesAtMs);
  const content = contentOf(script, quickReply);
  const isQuoted = content.type === "button" || (script.kind !== "button" && script.quoted);
  return {
    kind: "inbound",
    updateId: nextUpdateId(),
    wamid: inboundWamid(message.waId ?? message.userId),
    phoneNumberId: message.phoneNumberId,
    waId: message.waId,
    userId: message.userId,
    content,
    contextWamid: isQuoted ? message.wamid : null,
    scriptedFor: message.wamid,
    occurredAtMs: repliesAtMs,
    dueAtMs: repliesAtMs,
    isDuplicate: false,
  };
}

function planPreference({ message, config, number, nextUpdateId }: PlanInput, atMs: number): PlannedUpdate | null {
  if (number === null) return null;
  const person = { ...shownIdentity(config, message.waId, message.userId), name: profileNameOf(message.userId) };
  return {
    kind: "notice",
    updateId: nextUpdateId(),
    wabaId: number.wabaId,
    ...preferenceNotice(number, person, "stop", atMs),
    scriptedFor: message.wamid,
    occurredAtMs: atMs,
    dueAtMs: atMs,
    isDuplicate: false,
  };
}

/** A tap needs a button: without one the user types instead. */
function contentOf(
  script: Exclude<Outcome["reply"], { kind: "none" | "stop_marketing" }>,
  quickReply: PlanInput["quickReply"],
): InboundContent {
  if (script.kind === "stop") return { type: "text", text: "STOP" };
  if (script.kind === "text") return { type: "text", text: script.text };
  return quickReply === null ? { type: "text", text: "OK" } : { type: "button", ...quickReply };
}

/** For a share of messages the receipts leave in reverse order, each still carrying its true timestamp. */
function shuffleSome(statuses: readonly StatusUpdate[], { message, config }: PlanInput): StatusUpdate[] {
  if (shareOf(config.seed, "out-of-order", message.recipient) >= config.webhook.outOfOrderShare) return [...statuses];
  const moments = statuses.map((each) => each.dueAtMs).toReversed();
  return statuses.map((each, index) => ({ ...each, dueAtMs: moments[index] ?? each.dueAtMs }));
}

function withDuplicate(update: PlannedUpdate, { message, config, random, nextUpdateId }: PlanInput): PlannedUpdate[] {
  if (
    shareOf(config.seed, `duplicate ${update.kind === "status" ? update.status : "reply"}`, message.recipient) >=
    config.webhook.duplicateShare
  )
    return [update];
  const dueAtMs = Math.round(update.dueAtMs + between(random, duplicateAfter) * config.timeScale);
  return [update, { ...update, updateId: nextUpdateId(), dueAtMs, isDuplicate: true }];
}
