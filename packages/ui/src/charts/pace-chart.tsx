"use client";
import { useId, useState } from "react";
import classes from "./charts.module.css";
import { PaceTable } from "./pace-table.tsx";
import { groundPath, roundTicks, type Spot, scaleOf, smoothPath } from "./plot.ts";
import { timeTicks } from "./time-ticks.ts";
import { useInlineSize } from "./use-inline-size.ts";

export interface PacePoint {
  readonly atMs: number;
  readonly perSecond: number;
}

export interface PaceChartProps {
  /** One sentence that says what one sees: "76.9 messages a second, just under the cap of 80". */
  readonly summary: string;
  readonly points: readonly PacePoint[];
  readonly capPerSecond: number;
  /** "cap 80/s" */
  readonly capText: string;
  readonly pauses: readonly { readonly fromMs: number; readonly toMs: number; readonly text: string }[];
  readonly locale: string;
  readonly zone: string;
  readonly texts: { readonly showTable: string; readonly time: string; readonly perSecond: string };
}

const HEIGHT_PX = 176;
const EDGE = { top: 20, end: 4, bottom: 22, start: 30 };
const FIRST_WIDTH_PX = 560;
const HEADROOM = 1.15;
const PX_PER_TICK = 90;
const MINUTE_MS = 60_000;

/** Messages a second over time, under the cap they must keep, with pauses as bands. The same figures as a table below. */
export function PaceChart({ summary, points, capPerSecond, capText, pauses, locale, zone, texts }: PaceChartProps) {
  const [frame, widthPx] = useInlineSize<HTMLDivElement>(FIRST_WIDTH_PX);
  const [pointed, setPointed] = useState<PacePoint | undefined>();
  const gradientId = useId();
  const fromMs = points[0]?.atMs ?? 0;
  const toMs = Math.max(points.at(-1)?.atMs ?? 1, fromMs + 1);
  const most = Math.max(capPerSecond, ...points.map((point) => point.perSecond)) * HEADROOM;
  const x = scaleOf([fromMs, toMs], [EDGE.start, widthPx - EDGE.end]);
  const y = scaleOf([0, most], [HEIGHT_PX - EDGE.bottom, EDGE.top]);
  const spots = points.map((point): Spot => [x(point.atMs), y(point.perSecond)]);
  const ticks = timeTicks(fromMs, toMs, Math.floor(widthPx / PX_PER_TICK));
  // ticks within one minute would all read the same
  const isFine = (ticks[1] ?? Number.POSITIVE_INFINITY) - (ticks[0] ?? 0) < MINUTE_MS;
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(isFine && { second: "2-digit" as const }),
    timeZone: zone,
  });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const nearest = (px: number): PacePoint | undefined =>
    points.reduce<PacePoint | undefined>(
      (best, point) => (best && Math.abs(x(best.atMs) - px) <= Math.abs(x(point.atMs) - px) ? best : point),
      undefined,
    );
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.summary}>{summary}</figcaption>
      <div ref={frame} className={classes.frame}>
        <svg
          viewBox={`0 0 ${widthPx} ${HEIGHT_PX}`}
          className={classes.svg}
          height={HEIGHT_PX}
          role="img"
          aria-label={summary}
          onPointerMove={(event) => setPointed(nearest(event.clientX - event.currentTarget.getBoundingClientRect().left))}
          onPointerLeave={() => setPointed(undefined)}
        >
          <defs>
            <linearGradient id={gradientId} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" className={classes.fadeFrom} />
              <stop offset="1" className={classes.fadeTo} />
            </linearGradient>
          </defs>
          {roundTicks(most, 3).map((tick) => (
            <g key={tick}>
              <line x1={EDGE.start} x2={widthPx - EDGE.end} y1={y(tick)} y2={y(tick)} className={classes.gridLine} />
              <text x={EDGE.start - 8} y={y(tick)} className={classes.axis} textAnchor="end" dominantBaseline="central">
                {number.format(tick)}
              </text>
            </g>
          ))}
          {ticks.map((tickMs) => (
            <text key={tickMs} x={x(tickMs)} y={HEIGHT_PX - 6} className={classes.axis} textAnchor="middle">
              {time.format(tickMs)}
            </text>
          ))}
          {pauses.map((pause) => {
            const left = x(Math.max(pause.fromMs, fromMs));
            const right = x(Math.min(pause.toMs, toMs));
            return (
              <g key={pause.fromMs}>
                <rect x={left} width={Math.max(1, right - left)} y={EDGE.top} height={y(0) - EDGE.top} className={classes.pause} />
                <text x={(left + right) / 2} y={EDGE.top - 6} textAnchor="middle" className={classes.pauseText}>
                  {pause.text}
                </text>
              </g>
            );
          })}
          <path d={groundPath(spots, y(0))} fill={`url(#${gradientId})`} />
          <path d={smoothPath(spots)} className={classes.curve} />
          <line x1={EDGE.start} x2={widthPx - EDGE.end} y1={y(capPerSecond)} y2={y(capPerSecond)} className={classes.cap} />
          <text x={widthPx - EDGE.end} y={y(capPerSecond) - 6} className={classes.capText} textAnchor="end">
            {capText}
          </text>
          {pointed ? (
            <g>
              <line x1={x(pointed.atMs)} x2={x(pointed.atMs)} y1={EDGE.top} y2={y(0)} className={classes.cross} />
              <circle cx={x(pointed.atMs)} cy={y(pointed.perSecond)} r={3.5} className={classes.point} />
            </g>
          ) : null}
        </svg>
        {pointed ? (
          <div
            className={classes.readout}
            data-end={x(pointed.atMs) > widthPx / 2 || undefined}
            style={{ insetInlineStart: x(pointed.atMs) }}
          >
            <span>{time.format(pointed.atMs)}</span>
            <strong>{number.format(pointed.perSecond)}/s</strong>
          </div>
        ) : null}
      </div>
      <PaceTable points={points} summary={summary} locale={locale} zone={zone} texts={texts} />
    </figure>
  );
}
