import type { Bucket } from "@herald/campaign";
import { Badge, type Tone } from "@herald/ui/badge";
import {
  CalendarClock,
  Check,
  CheckCheck,
  CircleHelp,
  CircleX,
  Clock,
  Eye,
  Hand,
  type LucideIcon,
  Send,
  TriangleAlert,
  UserX,
} from "lucide-react";

const looks: Readonly<Record<Bucket, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  queued: { icon: Clock, tone: "neutral" },
  dispatching: { icon: Send, tone: "info" },
  deferred: { icon: CalendarClock, tone: "scheduled" },
  unknown: { icon: CircleHelp, tone: "warn" },
  held: { icon: Hand, tone: "warn" },
  skipped: { icon: UserX, tone: "neutral" },
  failed: { icon: CircleX, tone: "bad" },
  accepted: { icon: Check, tone: "info" },
  sent: { icon: CheckCheck, tone: "info" },
  undelivered: { icon: TriangleAlert, tone: "warn" },
  delivered: { icon: CheckCheck, tone: "ok" },
  read: { icon: Eye, tone: "ok" },
};

/** Where a message stands: word, colour and icon together. */
export function StateBadge({ bucket, word }: { readonly bucket: Bucket; readonly word: string }) {
  const { icon: Icon, tone } = looks[bucket];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}
