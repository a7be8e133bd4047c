import { err, type InvalidInput, ok, type Result } from "@herald/kernel";
import type { DraftSchedule } from "../compose/draft-content.ts";
import { defaultExpiryHours, type ScheduledStart, startOf, type TimePassed } from "../compose/schedule.ts";
import { usedPerSecond } from "../compose/used-share.ts";
import type { TimeCheck } from "./campaign-checks.ts";
import { type Known, previewOf } from "./known-content.ts";

/** Null: now. */
export type Start = Result<ScheduledStart | null, InvalidInput | TimePassed | { readonly type: "no_time" }>;

export function readStart(schedule: DraftSchedule | undefined, nowMs: number): Start {
  if (!schedule || schedule.start === "now") return ok(null);
  const { at, local, zone } = schedule;
  if (at !== undefined) return startOf({ at }, nowMs);
  return local === undefined || zone === undefined ? err({ type: "no_time" }) : startOf({ local, zone }, nowMs);
}

export function timeCheck(known: Known, start: Start): TimeCheck {
  const { sender, content } = known;
  const seconds = previewOf(known)?.durationSeconds ?? null;
  const scheduled = start.ok ? start.value : null;
  const facts = {
    seconds,
    perSecond: sender && usedPerSecond(sender.capPerSecond),
    startsAtMs: scheduled?.atMs ?? null,
    adjusted: scheduled?.adjusted ?? null,
  };
  const told = (state: TimeCheck["state"], problem: TimeCheck["facts"]["problem"]): TimeCheck => ({
    key: "time",
    state,
    facts: { ...facts, problem },
  });
  if (!start.ok) return told("bad", problemOf(start.error));
  if (seconds !== null && seconds > (content.expiresInHours ?? defaultExpiryHours) * 3600) return told("warn", "expires_first");
  if (facts.adjusted !== null) return told("warn", "clock_change");
  return seconds === null ? told("warn", "not_known") : told("ok", null);
}

function problemOf(error: Extract<Start, { ok: false }>["error"]): "no_time" | "time_passed" | "unknown_zone" | "too_far" {
  if (error.type !== "invalid_input") return error.type;
  return error.issues.some(({ path }) => path === "schedule.zone") ? "unknown_zone" : "too_far";
}
