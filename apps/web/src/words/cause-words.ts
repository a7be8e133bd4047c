import type { useTranslations } from "use-intl";

/** Why a message did not simply go well, as a report groups it. */
export type Cause = { readonly class: string | null; readonly code: string | null; readonly detail?: string | null };

/** Meta's own list of its codes; it names each of them, whatever page first told of it. */
export const codesPage = "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";

/** Codes that Meta gives out by the block, as the provider's table of codes has them. */
const ranges = [
  { key: "permission", from: 200, to: 299 },
  { key: "username", from: 147_001, to: 147_005 },
  { key: "templates", from: 2_388_000, to: 2_388_999 },
] as const;

/** The part `codes` of the catalogue, for the server or for the browser. */
type CodeWords = ReturnType<typeof useTranslations<"codes">>;

/** A cause in plain words: of the code, else what the provider wrote, else of its class or reason. */
export function causeWordsOf(t: CodeWords, { class: of, code, detail = null }: Cause): string {
  const byCode = `codes.${code}` as "codes.100";
  if (code !== null && t.has(byCode)) return t(byCode);
  const range = ranges.find(({ from, to }) => Number(code) >= from && Number(code) <= to);
  if (code !== null && range) return t(`ranges.${range.key}`);
  if (code !== null && detail) return detail;
  for (const key of [`classes.${of}`, `reasons.${of}`]) if (t.has(key as "classes.SOON")) return t(key as "classes.SOON");
  return detail || t("other", { word: code ?? of ?? "?" });
}
