import type { ProviderEvent, Receipt } from "@herald/provider";
import { z } from "zod";
import { ruleOf } from "./codes.ts";
import { codeOf, metaError, refusalOf } from "./refusal.ts";
import { identitiesOf, readTime, unknownEvent } from "./webhook-parts.ts";

const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: z.unknown().optional(),
  biz_opaque_callback_data: z.string().nullish().catch(null),
  pricing: z.object({ category: z.string(), type: z.string().nullish() }).nullish().catch(null),
  errors: z.array(z.unknown()).nullish().catch(null),
  recipient_id: z.string().nullish().catch(null),
  recipient_user_id: z.string().nullish().catch(null),
  recipient_parent_user_id: z.string().nullish().catch(null),
});

const receiptsByStatus: ReadonlyMap<string, Receipt | "failed"> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "played"],
  ["failed", "failed"],
]);

/**
 * One item of `statuses[]`. Matched later by message id: recipient fields are left out of many of them. A failure that is the person's own
 * "no more marketing" says so a second time, as the preference it is.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export function parseStatus(raw: unknown, entryAtMs: number): readonly ProviderEvent[] {
  const status = statusSchema.safeParse(raw).data;
  if (!status) return [unknownEvent("messages.statuses")];
  const receipt = receiptsByStatus.get(status.status);
  if (!receipt) return [unknownEvent("messages.statuses", status.status)];
  const error = metaError.safeParse(status.errors?.[0]).data ?? null;
  const atMs = readTime(status.timestamp) ?? entryAtMs;
  const event: ProviderEvent = {
    kind: "receipt",
    providerMessageId: status.id,
    opaqueId: status.biz_opaque_callback_data ?? null,
    receipt,
    atMs,
    failure: receipt === "failed" ? refusalOf(error, "receipt") : null,
    pricing: status.pricing ? { category: status.pricing.category, type: status.pricing.type ?? "unknown" } : null,
  };
  const from = identitiesOf(status.recipient_id, status.recipient_user_id, status.recipient_parent_user_id);
  const isOptOut = receipt === "failed" && from.length > 0 && ruleOf(codeOf(error) ?? Number.NaN)?.isOptOut === true;
  return isOptOut ? [{ kind: "preference", atMs, from, marketing: "stop" }, event] : [event];
}
