import { err, type InvalidInput, invalidInput, ok, type Result } from "@herald/kernel";
import type { z } from "zod";
import { cureOf, meantIssuesOf, wordsOf } from "./issue-words.ts";

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
      ...parsed.error.issues
        .flatMap((issue) => plainIssues(issue, input))
        .map((issue) => ({
          path: pathOf(where, issue.path),
          message: issue.message,
          cure: cureOf(issue),
        })),
    ),
  );
}

/** Members of the body are told by their own path, as the verbs tell them (`schedule.zone`); `body` is the whole of it, and a query's are `query.limit`. */
const pathOf = (where: string, path: readonly PropertyKey[]): string =>
  (where === "body" && path.length > 0 ? path : [where, ...path]).map(String).join(".");

const plainIssues = (issue: z.core.$ZodIssue, input: unknown): readonly z.core.$ZodIssue[] =>
  meantIssuesOf(issue, input)?.flatMap((inner) => plainIssues(inner, input)) ?? [issue];

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
