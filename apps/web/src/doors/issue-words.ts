import type { z } from "zod";

const missing = "is missing";
const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
const kindOf = (expected: string): string => kinds[expected] ?? expected;

/** The common mistakes in words of ours; undefined leaves zod's. A message that a schema gives itself goes before both. */
export function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return missing;
  if (issue.code === "invalid_type") return `must be ${kindOf(issue.expected)}`;
  if (issue.code === "invalid_value") return `must be one of: ${issue.values.map(String).join(", ")}`;
  if (issue.code === "unrecognized_keys") return `has members that nobody knows: ${issue.keys.join(", ")}`;
  return undefined;
}

export function cureOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.message === missing) return issue.code === "invalid_type" ? `Add it, as ${kindOf(issue.expected)}.` : "Add it.";
  if (issue.code === "invalid_type") return `Send it as ${kindOf(issue.expected)}.`;
  if (issue.code === "invalid_value") return "Choose one of these words.";
  if (issue.code === "unrecognized_keys") return "Remove them, or check how they are written.";
  return undefined;
}
