import type { ProviderEvent, Receipt } from "@herald/provider";
import { z } from "zod";
import { metaError, refusalOf } from "./refusal.ts";
import { readTime, unknownEvent } from "./webhook-parts.ts";

const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: z.unknown().optional(),
  biz_opaque_callback_data: z.string().nullish().catch(null),
  pricing: z.object({ category: z.string(), type: z.string().nullish() }).nullish().catch(null),
  errors: z.array(z.unknown()).nullish().catch(null),
});

const receiptsByStatus: ReadonlyMap<string, Receipt | "failed"> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "played"],
  ["failed", "failed"],
]);

/**
 * One item of `statuses[]`. Matched later by message id: recipient fields are left out of many of them.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export function parseStatus(raw: unknown, entryAtMs: number): ProviderEvent {
  const status = statusSchema.safeParse(raw).data;
  if (!status) return unknownEvent("messages.statuses");
  const receipt = receiptsByStatus.get(status.status);
  if (!receipt) return unknownEvent("messages.statuses", status.status);
  const error = metaError.safeParse(status.errors?.[0]).data ?? null;
  return {
    kind: "receipt",
    providerMessageId: status.id,
    opaqueId: status.biz_opaque_callback_data ?? null,
    receipt,
    atMs: readTime(status.timestamp) ?? entryAtMs,
    failure: receipt === "failed" ? refusalOf(error, "receipt") : null,
    pricing: status.pricing ? { category: status.pricing.category, type: status.pricing.type ?? "unknown" } : null,
  };
}
