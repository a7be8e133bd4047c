import type { z } from "zod";

/** Our own answer does not fit its schema: a defect, answered as 500. Names the paths, not the values. */
class AnswerInvalid extends Error {
  override readonly name = "AnswerInvalid";
}

export function checkAnswer<Schema extends z.ZodType>(schema: Schema, body: z.input<Schema>): z.output<Schema> {
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  throw new AnswerInvalid(checked.error.issues.map((issue) => `${issue.path.map(String).join(".")}: ${issue.code}`).join("; "));
}
