import { mendable, type ShownCheck, worstOf } from "./answers.ts";
import type { StepKey } from "./draft-content.ts";
import type { StepState } from "./step-states.ts";

export type Obstacle = {
  readonly what: "name" | "content" | "audience" | "when" | "time" | "checks" | "nobody";
  readonly step: StepKey | null;
};

/** What still stands between a draft and its send button, in the order in which it is cured. */
export function obstaclesOf(draft: {
  readonly name: string;
  readonly states: Readonly<Record<StepKey, StepState>>;
  readonly hasTime: boolean;
  readonly checks: readonly ShownCheck[] | null;
}): readonly Obstacle[] {
  const { states, checks } = draft;
  const found: Obstacle[] = [];
  if (draft.name.trim() === "") found.push({ what: "name", step: null });
  if (states.content !== "done") found.push({ what: "content", step: "content" });
  if (states.audience === "open") found.push({ what: "audience", step: "audience" });
  if (states.audience === "problem") found.push({ what: "nobody", step: "audience" });
  if (states.when !== "done") found.push({ what: draft.hasTime ? "time" : "when", step: "when" });
  if (found.length === 0 && worstOf(mendable(checks ?? [])) === "bad") found.push({ what: "checks", step: "checks" });
  return found;
}
