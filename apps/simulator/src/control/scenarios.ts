import { type DoorAnswer, doorFailure, doorSuccess } from "../door.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import { parseScenario, readScenario, scenarioNames } from "../scenario/library.ts";
import type { Simulation } from "../simulation.ts";
import { checked } from "./checked.ts";
import { namedScenarioBody, rulesBody } from "./schemas.ts";

/** `PUT /_control/scenario`: rules alone replace the rules; a name or a whole document begins a scenario. */
export function putScenario(simulation: Simulation, body: unknown): DoorAnswer {
  const keys = typeof body === "object" && body !== null ? Object.keys(body) : [];
  if (keys.length === 1 && keys[0] === "name")
    return checked(namedScenarioBody, body, ({ name }) => {
      const read = readScenario(name);
      return read.ok ? load(simulation, read.value) : doorFailure(404, "no such scenario", read.error);
    });
  if (!keys.includes("name"))
    return checked(rulesBody, body, ({ rules }) => {
      simulation.script(rules);
      return doorSuccess({ rules: rules.length });
    });
  const parsed = parseScenario(body);
  return parsed.ok ? load(simulation, parsed.value) : doorFailure(400, "the scenario is not valid", parsed.error);
}

function load(simulation: Simulation, document: ScenarioDocument): DoorAnswer {
  const loaded = simulation.load(document);
  const { name, rules, steps } = document;
  return loaded.ok
    ? doorSuccess({ name, rules: rules.length, steps: steps.length })
    : doorFailure(400, "the scenario does not fit the configuration", loaded.error);
}

/** `GET /_control/scenarios`. */
export function listScenarios(): DoorAnswer {
  const scenarios = scenarioNames().map((name) => {
    const read = readScenario(name);
    return { name, about: read.ok ? read.value.about : "cannot be read" };
  });
  return doorSuccess({ scenarios });
}
