import { createHash } from "node:crypto";
import { callingCodeOf } from "./calling-codes.ts";

/** Whom a request is for: `recipient` is what truth calls them, `waId` and `userId` are what Meta calls them. */
export type Addressee = {
  /** E.164 with `+`, or the BSUID when the request named only that. */
  readonly recipient: string;
  /** Digits; null when only a BSUID is known. */
  readonly waId: string | null;
  /** Business-scoped user id. */
  readonly userId: string;
};

/**
 * Reads a phone number the way Meta does: `+ - ( )`, dots and spaces are ignored, and **without `+` the business number's country code
 * is put in front**, which sends the message to somebody else. Null when it cannot be a number (E.164: at most 15 digits).
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function readPhone(input: string, businessCallingCode: string): string | null {
  if (!/^\+?[\d\s().-]+$/.test(input)) return null;
  const written = input.replace(/\D/g, "");
  const digits = input.startsWith("+") ? written : businessCallingCode + written;
  return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : null;
}

/** Which prefix the WhatsApp id changes. */
export type PrefixRules = { readonly brazil: "strip_nine" | "add_nine" | "keep"; readonly mexico: "add_one" | "strip_one" | "keep" };

const usualPrefixes: PrefixRules = { brazil: "strip_nine", mexico: "add_one" };

/**
 * The WhatsApp id of an E.164 number. In Brazil and Mexico it differs from the number dialled: older Brazilian accounts outside area codes
 * 11–28 have no ninth digit, Mexican ones keep the 1 of the former mobile prefix. Meta says that it "may" differ; here it always does so
 * by the rules given. Both spellings of a number are then the same person.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function waIdOf(e164: string, { brazil, mexico }: PrefixRules = usualPrefixes): string {
  const digits = e164.slice(1);
  if (brazil === "strip_nine") {
    const withNine = /^55([3-9]\d)9(\d{8})$/.exec(digits);
    if (withNine !== null) return `55${withNine[1]}${withNine[2]}`;
  }
  if (brazil === "add_nine") {
    const withoutNine = /^55([1-9]\d)([6-9]\d{7})$/.exec(digits);
    if (withoutNine !== null) return `55${withoutNine[1]}9${withoutNine[2]}`;
  }
  if (mexico === "add_one" && /^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`;
  if (mexico === "strip_one" && /^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  return digits;
}

const bsuidPattern = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
export const isBsuid = (value: string): boolean => bsuidPattern.test(value);

/**
 * The business-scoped user id of a WhatsApp user: `CC.` and up to 128 alphanumerics, one per user and portfolio.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function bsuidOf(businessId: string, waId: string): string {
  const digest = createHash("sha256").update(`${businessId}:${waId}`).digest();
  const scoped = (digest.readBigUInt64BE() % 10n ** 17n).toString().padStart(17, "1");
  return `${callingCodeOf(waId)?.country ?? "ZZ"}.${scoped}`;
}

export const phoneAddressee = (businessId: string, e164: string, prefixes: PrefixRules): Addressee => {
  const waId = waIdOf(e164, prefixes);
  return { recipient: e164, waId, userId: bsuidOf(businessId, waId) };
};

export const bsuidAddressee = (bsuid: string): Addressee => ({ recipient: bsuid, waId: null, userId: bsuid });
