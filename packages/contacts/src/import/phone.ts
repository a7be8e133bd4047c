import { err, ok, type Result } from "@herald/kernel";
import { type CountryCode, getCountries, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { type Refusal, refusal } from "./refusal.ts";

export type PhoneNumber = { readonly e164: string; readonly country: string | null };

/** ISO 3166-1 alpha-2 of every country whose numbers can be read. */
export const countries: readonly string[] = getCountries();

export const isCountry = (country: string): boolean => isSupportedCountry(country);

/**
 * "0501234567" in AE → +971501234567, "00971…" → +971…. A number is taken when its length is possible in its country, not only when its range is
 * known to be assigned: numbering plans grow faster than tables of them, and the provider has the last word.
 */
export function readPhoneNumber(text: string, defaultCountry: string | null): Result<PhoneNumber, Refusal> {
  // spreadsheets keep a number as text with a leading apostrophe
  const written = text.trim().replace(/^'/, "").replace(/^00/, "+");
  if (written === "") return err(refusal("no_phone", "The row has no phone number."));
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(written)) {
    return err(refusal("mangled_by_spreadsheet", `“${text}” was rounded by a spreadsheet; format the column as text and export again.`));
  }
  if (!written.startsWith("+") && defaultCountry === null) {
    return err(refusal("no_country", `“${text}” has no country code, and no default country is set.`));
  }
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  const number = parsePhoneNumberFromString(written, { extract: false, ...(country && { defaultCountry: country satisfies CountryCode }) });
  if (!number?.isPossible()) return err(refusal("not_a_phone_number", `“${text}” is not a phone number.`));
  if (number.ext) return err(refusal("has_extension", `“${text}” has an extension, which WhatsApp cannot reach.`));
  return ok({ e164: number.number, country: number.country ?? null });
}

/** As people read it: "+971501234567" → "+971 50 123 4567". */
export const writePhoneNumber = (e164: string): string => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;

/** Taken, and yet no numbering plan that we know of gives out such a number: mostly its country is another one. */
export const isUnusualNumber = (e164: string): boolean => parsePhoneNumberFromString(e164)?.isValid() !== true;
