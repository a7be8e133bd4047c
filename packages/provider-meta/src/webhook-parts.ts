import type { Address } from "@herald/kernel";
import type { UnknownEvent } from "@herald/provider";
import { z } from "zod";

const contactSchema = z.object({
  profile: z.object({ name: z.string().nullish() }).nullish().catch(null),
  wa_id: z.string().nullish().catch(null),
  user_id: z.string().nullish().catch(null),
  parent_user_id: z.string().nullish().catch(null),
});
export type Contact = z.infer<typeof contactSchema>;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const contactsOf = (value: unknown): readonly Contact[] => listOf(value).flatMap((raw) => contactSchema.safeParse(raw).data ?? []);

/** Names a field for an operator's eyes; anything that is no plain name of Meta's is not repeated, it could hold a person's data. */
export const unknownEvent = (...path: readonly (string | null | undefined)[]): UnknownEvent => ({
  kind: "unknown",
  field: path.map((part) => token(part) ?? "other").join("."),
});

/** A name as Meta writes them, dotted at most, or null. */
export const token = (value: string | null | undefined): string | null => (value && /^[a-z][a-z_.]{0,63}$/.test(value) ? value : null);

/** Unix seconds, as text or number, in milliseconds; null when that is not what it is. */
export function readTime(value: unknown): number | null {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\d{1,11}$/.test(text) ? Number(text) * 1000 : null;
}

/**
 * Everything a person is known by, best first. A number is missing for people who took a username; their business-scoped user ids always come.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function identitiesOf(waId?: string | null, userId?: string | null, parentUserId?: string | null): readonly Address[] {
  const phone = waId?.replace(/^\+/, "");
  const addresses: Address[] = [];
  if (phone && /^[1-9]\d{4,18}$/.test(phone)) addresses.push({ channel: "whatsapp", kind: "phone", value: `+${phone}` });
  for (const value of new Set([userId, parentUserId])) if (value) addresses.push({ channel: "whatsapp", kind: "bsuid", value });
  return addresses;
}
