import { perform } from "../actions/perform.ts";
import type { Action } from "../actions/schemas.ts";
import { type DoorAnswer, doorFailure, doorSuccess } from "../door.ts";
import type { Simulation } from "../simulation.ts";
import { checked } from "./checked.ts";
import { actionBody, whenBody } from "./schemas.ts";

/** `POST /_control/actions`: one action, now or (with `when`) later. */
export function postAction(simulation: Simulation, body: unknown): DoorAnswer {
  return checked(whenBody, body, ({ when, ...rest }) =>
    checked(actionBody, rest, (action) => {
      const missing = missingSubject(simulation, action);
      if (missing !== null) return doorFailure(404, missing);
      if (when !== undefined) return doorSuccess({ scheduled: simulation.planStep(when, action) });
      perform(simulation, action);
      return doorSuccess({ done: true });
    }),
  );
}

/** `GET /_control/actions`: what is still to happen and what has. */
export function listActions({ state }: Simulation): DoorAnswer {
  const steps = state.steps.all.map(({ stepId, when, action, dueAtMs, doneAtMs }) => ({ id: stepId, when, action, dueAtMs, doneAtMs }));
  return doorSuccess({
    scenario: state.scenarioName,
    counts: state.steps.counts,
    pending: steps.filter((step) => step.doneAtMs === null),
    done: steps.filter((step) => step.doneAtMs !== null),
  });
}

/** A sentence about the thing an action names that is not configured. */
function missingSubject({ config }: Simulation, action: Action): string | null {
  const named = (key: string): string | undefined => {
    const value: unknown = key in action ? Reflect.get(action, key) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const checks: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ["number", named("phoneNumberId"), config.numbers.map((each) => each.phoneNumberId)],
    ["WABA", named("wabaId"), config.wabas.map((each) => each.wabaId)],
    ["portfolio", named("businessId"), config.wabas.map((each) => each.businessId)],
    ["token", named("token"), config.tokens.map((each) => each.token)],
    ["template", action.do === "template" ? action.name : undefined, config.templates.map((each) => each.name)],
  ];
  const failed = checks.find(([, wanted, configured]) => wanted !== undefined && !configured.includes(wanted));
  return failed === undefined ? null : `no ${failed[0]} ${failed[1]} is configured`;
}
