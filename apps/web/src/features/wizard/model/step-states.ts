import { choosesNobody, type DraftContent, isFilled, type StepKey, startAtMs, steps } from "./draft-content.ts";

export type StepState = "done" | "open" | "problem";
export type StepFacts = {
  readonly content: DraftContent;
  /** Keys that need a value; null while no template is chosen. */
  readonly placeholderKeys: readonly string[] | null;
  /** How many will receive it, by the newest count of this very draft; null: nobody counted yet. */
  readonly eligible: number | null;
  /** Of the newest checks of this very draft; null: not run yet. */
  readonly worstCheck: "ok" | "warn" | "bad" | null;
  /** The field that a door refused, "variables.body.1". */
  readonly refusedFields: readonly string[];
};

/** How far each step is. Nothing has to be done in order; sending needs all of them. */
export function stepStatesOf(facts: StepFacts, nowMs: number): Readonly<Record<StepKey, StepState>> {
  const { content, placeholderKeys, eligible, worstCheck } = facts;
  const isRefused = (...fields: readonly string[]): boolean =>
    facts.refusedFields.some((path) => fields.some((field) => path === field || path.startsWith(`${field}.`)));
  const isComposed =
    content.senderId !== undefined && placeholderKeys !== null && placeholderKeys.every((key) => isFilled(content.variables?.[key]));
  const isChosen = !choosesNobody(content.audience);
  const before = {
    content: isRefused("senderId", "template", "variables", "offer") ? "problem" : isComposed ? "done" : "open",
    audience: isRefused("audience") || (isChosen && eligible === 0) ? "problem" : isChosen ? "done" : "open",
    checks: worstCheck === null ? "open" : worstCheck === "bad" ? "problem" : "done",
    when: whenState(content, isRefused("schedule", "ifLate", "expiresInHours"), nowMs),
  } as const;
  return { ...before, review: "open" };
}

function whenState({ schedule }: DraftContent, isRefused: boolean, nowMs: number): StepState {
  if (isRefused) return "problem";
  if (schedule === undefined) return "open";
  const atMs = startAtMs(schedule, nowMs);
  if (schedule.start === "now") return "done";
  return atMs === null ? "open" : atMs > nowMs ? "done" : "problem";
}

/** Where somebody who opens a draft goes on: the first step that is not done. */
export const firstOpenStep = (states: Readonly<Record<StepKey, StepState>>): StepKey =>
  steps.find((step) => states[step] !== "done") ?? "review";
