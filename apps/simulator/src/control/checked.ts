import type { z } from "zod";
import { issuesOf } from "../config/config.ts";
import { type DoorAnswer, doorFailure } from "../door.ts";

/** Runs with a body that fits the schema; a missing body counts as `{}`. */
export function checked<Schema extends z.ZodType, Answered extends DoorAnswer | Promise<DoorAnswer>>(
  schema: Schema,
  body: unknown,
  run: (body: z.infer<Schema>) => Answered,
): Answered | DoorAnswer {
  const parsed = schema.safeParse(body ?? {});
  return parsed.success ? run(parsed.data) : doorFailure(400, "the body is not valid", issuesOf(parsed.error));
}
