import { Badge } from "@herald/ui/badge";
import { CircleCheck, CircleDashed, CircleSlash } from "lucide-react";

const looks = {
  granted: { tone: "ok", icon: <CircleCheck size={14} aria-hidden="true" /> },
  withdrawn: { tone: "warn", icon: <CircleSlash size={14} aria-hidden="true" /> },
  none: { tone: "neutral", icon: <CircleDashed size={14} aria-hidden="true" /> },
} as const;

/** Whether marketing may reach a person: word, colour and icon together. */
export function ConsentBadge({ consent, word }: { readonly consent: keyof typeof looks; readonly word: string }) {
  return (
    <Badge tone={looks[consent].tone} icon={looks[consent].icon}>
      {word}
    </Badge>
  );
}
