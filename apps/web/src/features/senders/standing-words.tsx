import { Badge } from "@herald/ui/badge";
import { CircleAlert, CircleCheck, CircleDot, OctagonX } from "lucide-react";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
import { type Sender, standingOf, toneOf } from "./sender-standing.ts";

const icons = { bad: OctagonX, warn: CircleAlert, info: CircleDot, ok: CircleCheck } as const;

export type StandingWords = { readonly badge: React.ReactNode; readonly means: string; readonly cure: string };

/** Where a number stands: a word with its icon, what it means for sending, and what to do. */
export async function standingWords(sender: Sender, nowMs: number): Promise<StandingWords> {
  const t = wordsOf("senders");
  const format = await readFormatter();
  const standing = standingOf(sender, nowMs);
  const tone = toneOf[standing];
  const Icon = icons[tone === "bad" || tone === "warn" || tone === "info" ? tone : "ok"];
  const at = standing === "resting" ? sender.restUntil : sender.breakerOpenedAt;
  return {
    badge: (
      <Badge tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
        {t(`standing.${standing}`)}
      </Badge>
    ),
    means: t(`means.${standing}`, {
      status: sender.status,
      at: at === null ? "" : format.dateTime(new Date(at), { timeStyle: "short" }),
      share: format.number(sender.planShare, { style: "percent", maximumFractionDigits: 0 }),
      count: sender.liveCampaigns,
    }),
    cure: standing === "sending" || standing === "ready" ? "" : t(`cure.${standing}`),
  };
}

const qualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;
/** Meta's word for how people take what a number sends, and what it means. */
export function qualityWords(quality: string): { readonly word: string; readonly means: string } {
  const t = wordsOf("senders");
  const known = qualities.find((one) => one === quality);
  return known === undefined
    ? { word: t("quality.other", { word: quality }), means: "" }
    : { word: t(`quality.${known}`), means: t(`quality.${known}_means`) };
}
