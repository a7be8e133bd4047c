import type { Report } from "./report.ts";

/** From here on the silence about a message says something. */
const tellingShare = 0.95;

export type Evidence =
  | { readonly kind: "nothing" }
  | { readonly kind: "compared" | "comparedLittle"; readonly comparedWith: number; readonly share: number; readonly medianS: number };

/** What the receipts of the others say about messages that have none. */
export function evidenceOf({ comparedWith, within2MinShare, medianFirstReceiptMs }: NonNullable<Report["unknown"]>): Evidence {
  if (comparedWith === 0 || within2MinShare === null || medianFirstReceiptMs === null) return { kind: "nothing" };
  const kind = within2MinShare >= tellingShare ? "compared" : "comparedLittle";
  return { kind, comparedWith, share: within2MinShare, medianS: Math.max(1, medianFirstReceiptMs / 1000) };
}
