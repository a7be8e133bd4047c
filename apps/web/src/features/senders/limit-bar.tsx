import { Progress } from "@herald/ui/progress";
import { wordsOf } from "../../words/reader.server.ts";
import type { Sender } from "./sender-standing.ts";

/** How much of the day's limit of a portfolio is taken; nothing where there is no limit. */
export function LimitBar({ sender: { portfolio, displayNumber } }: { readonly sender: Pick<Sender, "portfolio" | "displayNumber"> }) {
  const t = wordsOf("senders");
  if (portfolio === null) return null;
  return (
    <Progress
      value={Math.min(portfolio.taken, portfolio.limit)}
      max={Math.max(1, portfolio.limit)}
      label={t("limit.of", { name: displayNumber })}
      valueText={t("limit.figures", portfolio)}
      tone={portfolio.taken >= portfolio.limit ? "warn" : "accent"}
    />
  );
}
