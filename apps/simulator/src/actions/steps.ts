import type { Action, When } from "./schemas.ts";

/** Something that will happen: `dueAtMs` is known once its condition holds, `doneAtMs` once it was done. */
export type Step = {
  readonly stepId: number;
  readonly when: When;
  readonly action: Action;
  dueAtMs: number | null;
  doneAtMs: number | null;
};

export type StepCounts = { requests: number; accepted: number; held: number };

/** The steps of a scenario and the actions put off by hand, with what has been counted since it began. Part of the journaled state. */
export class Steps {
  readonly counts: StepCounts = { requests: 0, accepted: 0, held: 0 };
  #steps: Step[] = [];
  /** Steps whose condition is still open; looked at after every request, so kept short. */
  #waiting: Step[] = [];

  get all(): readonly Step[] {
    return this.#steps;
  }

  get lastStepId(): number {
    return this.#steps.at(-1)?.stepId ?? 0;
  }

  add(step: { readonly stepId: number; readonly when: When; readonly action: Action }, atMs: number): void {
    const dueAtMs = "afterMs" in step.when ? atMs + step.when.afterMs + step.when.delayMs : null;
    const added: Step = { ...step, dueAtMs, doneAtMs: null };
    this.#steps.push(added);
    if (dueAtMs === null) this.#waiting.push(added);
  }

  /** Counts one request and gives the steps it was waited for their moment. */
  note(counted: Partial<Record<keyof StepCounts, boolean>>, atMs: number): void {
    if (counted.requests === true) this.counts.requests += 1;
    if (counted.accepted === true) this.counts.accepted += 1;
    if (counted.held === true) this.counts.held += 1;
    if (this.#waiting.length === 0) return;
    for (const step of this.#waiting) if (isReached(step.when, this.counts)) step.dueAtMs = atMs + step.when.delayMs;
    this.#waiting = this.#waiting.filter((step) => step.dueAtMs === null);
  }

  finish(stepId: number, atMs: number): void {
    const step = this.#steps.find((each) => each.stepId === stepId);
    if (step !== undefined) step.doneAtMs = atMs;
  }

  /** The step to be done next; of equal moments the one added first. */
  next(): (Step & { readonly dueAtMs: number }) | null {
    let soonest: (Step & { readonly dueAtMs: number }) | null = null;
    for (const step of this.#steps)
      if (step.doneAtMs === null && hasMoment(step) && (soonest === null || step.dueAtMs < soonest.dueAtMs)) soonest = step;
    return soonest;
  }
}

const hasMoment = (step: Step): step is Step & { readonly dueAtMs: number } => step.dueAtMs !== null;

function isReached(when: When, counts: StepCounts): boolean {
  if ("requests" in when) return counts.requests >= when.requests;
  if ("accepted" in when) return counts.accepted >= when.accepted;
  return "held" in when && counts.held >= when.held;
}
