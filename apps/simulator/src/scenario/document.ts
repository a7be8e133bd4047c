import { z } from "zod";
import { stepSchema } from "../actions/schemas.ts";
import { every } from "../config/every.ts";
import { ruleSchema } from "./rules.ts";

/** A scenario file: what is changed of the configuration, who meets what, and what happens in the course of it. */
export const scenarioDocument = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "lower-case words joined by -"),
  /** One sentence: what happens, and what a sender should make of it. */
  about: z.string().min(1),
  config: z.record(z.string(), z.unknown()).default({}),
  every: every.default({}),
  rules: z.array(ruleSchema).default([]),
  steps: z.array(stepSchema).default([]),
});
export type ScenarioDocument = z.infer<typeof scenarioDocument>;
