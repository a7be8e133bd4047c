"use client";
import { Button } from "@herald/ui/button";
import { EmptyState } from "@herald/ui/empty-state";
import { Panel } from "@herald/ui/page-header";
import { Skeleton } from "@herald/ui/skeleton";
import { Activity } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import { useLive } from "../../realtime/use-live.client.ts";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { msOf, type PaceReport } from "./report.ts";
import { isOver } from "./standing.ts";

const windows = ["15m", "all"] as const satisfies readonly PaceReport["window"][];
/** The curve brings its own libraries: it comes after what is read first. */
const PaceChart = dynamic(() => import("@herald/ui/pace-chart").then((module) => module.PaceChart), {
  loading: () => <Skeleton blockSize="13rem" />,
});

export function PacePanel({ initial }: { readonly initial: { readonly data: PaceReport; readonly atMs: number } }) {
  const t = useTranslations("live.pace");
  const { facts, report } = useCampaign();
  const { campaignId } = facts;
  const { window } = initial.data;
  const load = useCallback(
    (signal: AbortSignal) => callDoor<PaceReport>(`/api/campaigns/${campaignId}/pace?window=${window}`, { signal }),
    [campaignId, window],
  );
  const { data } = useLive(initial, load, campaignId);
  return (
    <Panel title={t("title")} end={<WindowChoice chosen={window} />}>
      {isBeforeFirst(data, report.campaign.startedAt) ? (
        <EmptyState icon={<Activity size={20} />} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      ) : (
        <Curve pace={data} />
      )}
    </Panel>
  );
}

/** A pace is told some seconds after the messages that it is of: until then a still line would say that nothing was sent. */
const toldWithinMs = 30_000;
const isBeforeFirst = ({ points }: PaceReport, startedAt: string | null): boolean => {
  const last = points.at(-1);
  const isStill = points.every(({ perSecond }) => perSecond === 0);
  return last === undefined || (isStill && startedAt !== null && msOf(last.at) - msOf(startedAt) < toldWithinMs);
};

function Curve({ pace }: { readonly pace: PaceReport }) {
  const t = useTranslations("live.pace");
  const format = useFormatter();
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { report } = useCampaign();
  const { capPerSecond, maxPerSecond } = report.pace;
  const isOwn = maxPerSecond !== null && maxPerSecond < capPerSecond;
  const capAt = isOwn ? maxPerSecond : capPerSecond;
  const cap = format.number(capAt);
  const points = pace.points.map(({ at, perSecond }) => ({ atMs: msOf(at), perSecond }));
  const [first, last] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 0];
  const moving = points.filter(({ perSecond }) => perSecond > 0);
  const average = moving.reduce((sum, { perSecond }) => sum + perSecond, 0) / Math.max(1, moving.length);
  const summary =
    moving.length === 0
      ? t("still")
      : isOver(report) || report.measured === null
        ? t("average", { perSecond: format.number(average, { maximumFractionDigits: 1 }) })
        : report.measured.perSecond === 0
          ? t("quiet", { cap })
          : t(isOwn ? "ceiling" : "now", { perSecond: format.number(report.measured.perSecond), cap });
  return (
    <PaceChart
      summary={summary}
      points={points}
      capPerSecond={capAt}
      capText={t(isOwn ? "ownCap" : "cap", { cap })}
      pauses={pace.pauses
        .map(({ from, to }) => ({ fromMs: msOf(from), toMs: to === null ? last : msOf(to), text: t("pause") }))
        .filter(({ fromMs, toMs }) => toMs > first && fromMs < last)}
      locale={locale}
      zone={zone}
      texts={{ showTable: t("table"), time: t("time"), perSecond: t("perSecond") }}
    />
  );
}

/** In the address, so that a colleague sees the same. */
function WindowChoice({ chosen }: { readonly chosen: PaceReport["window"] }) {
  const t = useTranslations("live.pace.window");
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const choose = (window: PaceReport["window"]): void => {
    const next = new URLSearchParams(query);
    next.set("pace", window);
    router.replace(`${pathname}?${next}`, { scroll: false });
  };
  return (
    <fieldset className={classes.windows} aria-label={t("label")}>
      {windows.map((window) => (
        <Button key={window} size="small" variant="ghost" aria-pressed={window === chosen} onClick={() => choose(window)}>
          {t(window)}
        </Button>
      ))}
    </fieldset>
  );
}
