import { err, type InvalidInput, invalidInput, ok, type Result } from "@herald/kernel";
import type { z } from "zod";
import { cureOf, wordsOf } from "./issue-words.ts";

/** Strict parsing at our border: every wrong value is an issue with its path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  where: string,
): Result<z.output<Schema>, InvalidInput> {
  const parsed = schema.safeParse(input, { error: wordsOf });
  if (parsed.success) return ok(parsed.data);
  return err(
    invalidInput(
      ...parsed.error.issues.map((issue) => {
        const cure = cureOf(issue);
        return { path: [where, ...issue.path].map(String).join("."), message: issue.message, ...(cure && { cure }) };
      }),
    ),
  );
}

/** `?a=1&b=2&b=3` → `{ a: "1", b: ["2", "3"] }`. */
export function queryOf(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const { searchParams } = new URL(url);
  for (const name of new Set(searchParams.keys())) {
    const [first = "", ...others] = searchParams.getAll(name);
    query[name] = others.length === 0 ? first : [first, ...others];
  }
  return query;
}
