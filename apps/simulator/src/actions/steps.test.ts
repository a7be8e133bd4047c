import { describe, expect, it } from "vitest";
import { stepSchema } from "./schemas.ts";
import { Steps } from "./steps.ts";

function stepsOf(...documents: unknown[]): Steps {
  const steps = new Steps();
  for (const [index, document] of documents.entries()) steps.add({ stepId: index + 1, ...stepSchema.parse(document) }, 1000);
  return steps;
}
const pay = { do: "payment_problem" };

describe("steps", () => {
  it("fall due with the request, acceptance or held message they wait for, after their delay", () => {
    const steps = stepsOf(
      { when: { requests: 2 }, action: pay },
      { when: { accepted: 2, delayMs: 50 }, action: pay },
      { when: { held: 1 }, action: pay },
    );
    steps.note({ requests: true, accepted: true }, 2000);
    expect(steps.next()).toBeNull();
    steps.note({ requests: true }, 3000);
    expect(steps.next()).toMatchObject({ stepId: 1, dueAtMs: 3000 });
    steps.finish(1, 3000);
    steps.note({ requests: true, accepted: true, held: true }, 4000);
    expect(steps.all.map((step) => step.dueAtMs)).toEqual([3000, 4050, 4000]);
    expect(steps.next()).toMatchObject({ stepId: 3 });
  });

  it("by time count from when they were added, and are done in their order", () => {
    const steps = stepsOf({ when: { afterMs: 300 }, action: pay }, { when: { afterMs: 100, delayMs: 20 }, action: pay });
    expect(steps.next()).toMatchObject({ stepId: 2, dueAtMs: 1120 });
    steps.finish(2, 1120);
    expect(steps.next()).toMatchObject({ stepId: 1, dueAtMs: 1300 });
    steps.finish(1, 1300);
    expect(steps.next()).toBeNull();
  });

  it("are refused when they wait for nothing or do something unknown", () => {
    expect(stepSchema.safeParse({ when: {}, action: pay }).success).toBe(false);
    expect(stepSchema.safeParse({ when: { requests: 1 }, action: { do: "explode" } }).success).toBe(false);
  });
});
