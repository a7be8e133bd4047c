import { days, err, type InputIssue, type InvalidInput, invalidInput, ok, type Result } from "@herald/kernel";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";

const maxDaysAhead = 90;
/** What was not begun so many hours after the start is left out. */
export const defaultExpiryHours = 72;

export const instant = z.iso.datetime({ offset: true });
export const localTime = z.string().refine(isLocalTime, {
  error: "is not a date and time that exists",
  params: { cure: 'Write it like "2026-12-01T09:00", without an offset: the zone stands beside it.' },
});
/** Either an instant, or what a wall clock shows in a named zone: only the second one follows daylight saving. */
export const ScheduleInput = z.union(
  [z.strictObject({ at: instant }), z.strictObject({ local: localTime, zone: z.string().min(1).max(64) })],
  'must be {"at": "2026-12-01T09:00:00+01:00"} or {"local": "2026-12-01T09:00", "zone": "Europe/Berlin"}',
);
export type Schedule = z.output<typeof ScheduleInput>;

/** What becomes of a scheduled start that could not be kept: sent late, left out, or paused until somebody decides. */
export const latePolicies = ["send", "skip", "ask"] as const;
export type LatePolicy = (typeof latePolicies)[number];

/** `adjusted`: the clocks are changed just then, and the local time given does not exist, or comes twice. */
export type ScheduledStart = {
  readonly atMs: number;
  /** IANA name; null when an instant was given. */
  readonly zone: string | null;
  /** What the wall clock there will show, `YYYY-MM-DDTHH:MM:SS`. */
  readonly local: string | null;
  readonly adjusted: "skipped_by_clock_change" | "earlier_of_two" | null;
};
export type TimePassed = {
  readonly type: "time_passed";
  /** The wall clock and zone that were asked for, as far as they were, then the instant. */
  readonly scheduledAt: string;
};

/** The instant a schedule means, in the future and near enough. */
export function startOf(schedule: Schedule, nowMs: number): Result<ScheduledStart, TimePassed | InvalidInput> {
  const start = "at" in schedule ? ok(startAt(Date.parse(schedule.at))) : startIn(schedule.local, schedule.zone);
  if (!start.ok) return start;
  const { atMs } = start.value;
  if (atMs <= nowMs) return err({ type: "time_passed", scheduledAt: inWords(start.value) });
  if (atMs > nowMs + days(maxDaysAhead))
    return err(invalidInput({ path: "schedule", message: `A campaign can start at most ${maxDaysAhead} days from now.` }));
  return start;
}

/**
 * The start that limits are measured against, for a preview and for the checks alike: null is now, and so is a time that no campaign can have,
 * of which the check of the time tells.
 */
export const measuredFrom = (start: Result<ScheduledStart | null, unknown>): number | null =>
  start.ok ? (start.value?.atMs ?? null) : null;

function inWords({ atMs, zone, local }: ScheduledStart): string {
  const instant = new Date(atMs).toISOString();
  return zone === null || local === null ? instant : `${local} in ${zone} (${instant})`;
}

const startAt = (atMs: number): ScheduledStart => ({ atMs, zone: null, local: null, adjusted: null });

function startIn(local: string, zone: string): Result<ScheduledStart, InvalidInput> {
  const named = zoneOf(zone);
  if (named === null) return err(invalidInput(unknownZone(zone)));
  const wanted = Temporal.PlainDateTime.from(local);
  // "compatible" (RFC 5545): a time that is skipped moves forward by the gap, of one that comes twice the earlier is taken
  const start = wanted.toZonedDateTime(named, { disambiguation: "compatible" });
  const meant = start.toPlainDateTime();
  const comesTwice = !wanted.toZonedDateTime(named, { disambiguation: "later" }).equals(start);
  const adjusted = !meant.equals(wanted) ? "skipped_by_clock_change" : comesTwice ? "earlier_of_two" : null;
  return ok({ atMs: start.epochMilliseconds, zone: start.timeZoneId, local: meant.toString({ smallestUnit: "second" }), adjusted });
}

function isLocalTime(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(value)) return false;
  try {
    Temporal.PlainDateTime.from(value);
    return true;
  } catch {
    return false;
  }
}

/** The zone's name in its own spelling. A bare offset is no zone: it knows no daylight saving, and `at` says it better. */
function zoneOf(zone: string): string | null {
  if (/^[+-]/.test(zone)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return null;
  }
}

function unknownZone(zone: string): InputIssue {
  const near = nearTo(zone.trim().replaceAll(" ", "_"));
  const cure = /^[+-]/.test(zone)
    ? "A time with an offset is given as `at`; a zone is a name such as Europe/Berlin."
    : near.length > 0
      ? `Did you mean ${near.join(" or ")}?`
      : "Zones are named as in the IANA database, for example Europe/Berlin, America/Sao_Paulo or UTC.";
  return { path: "schedule.zone", message: `There is no time zone ${zone}.`, cure };
}

/** A city alone, or a space for the underscore, is what people write most. */
function nearTo(name: string): readonly string[] {
  const regions = new Set(Intl.supportedValuesOf("timeZone").map((zone) => zone.split("/")[0]));
  return [name, ...[...regions].map((region) => `${region}/${name}`)].map(zoneOf).filter((zone) => zone !== null);
}
