/** From when to when, as words of a zone: what both ends share is said once. */
export type SpanFormat = (atMs: number, parts: { readonly dateStyle?: "medium"; readonly timeStyle: "short" }) => string;
export type Span = { readonly from: string; readonly to: string; readonly quick: "yes" | "no" };

const soonMs = 12 * 3_600_000;

/** `localOf`: the wall clock of the zone, "2026-12-01T09:00". */
export function spanOf(
  { fromMs, seconds, nowMs }: { readonly fromMs: number; readonly seconds: number; readonly nowMs: number },
  format: SpanFormat,
  localOf: (atMs: number) => string,
): Span {
  const toMs = fromMs + seconds * 1000;
  const isSameDay = localOf(fromMs).slice(0, 10) === localOf(toMs).slice(0, 10);
  const whole = { dateStyle: "medium", timeStyle: "short" } as const;
  const short = { timeStyle: "short" } as const;
  return {
    from: format(fromMs, toMs - nowMs < soonMs ? short : whole),
    to: format(toMs, isSameDay || toMs - nowMs < soonMs ? short : whole),
    quick: seconds < 60 ? "yes" : "no",
  };
}
