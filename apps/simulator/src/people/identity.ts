import type { Config } from "../config/config.ts";
import { shareOf } from "../random.ts";

/** How webhooks may name a user; at least one is there. */
export type ShownIdentity = { readonly waId: string | null; readonly userId: string | null };

/**
 * What webhooks show of a user: the phone number, the business-scoped id, or both. Users who hide behind a user name show no number.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function shownIdentity({ people, seed }: Pick<Config, "people" | "seed">, waId: string | null, userId: string): ShownIdentity {
  if (waId === null) return { waId, userId };
  if (people.bsuid === "none") return { waId, userId: null };
  const isAlone = people.bsuid === "alone" && shareOf(seed, "bsuid-alone", userId) < people.bsuidAloneShare;
  return { waId: isAlone ? null : waId, userId };
}
