/** Why one row was not taken. The code is counted, the sentence is kept with the row. */
export const refusalCodes = [
  "no_phone",
  "no_country",
  "not_a_phone_number",
  "has_extension",
  "mangled_by_spreadsheet",
  "repeated",
  "too_many_cells",
  "consent_unclear",
  "tag_too_long",
  "not_text",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
export type Refusal = { readonly code: RefusalCode; readonly sentence: string };

export const refusal = (code: RefusalCode, sentence: string): Refusal => ({ code, sentence });
