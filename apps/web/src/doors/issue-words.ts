import type { z } from "zod";

type Raw = z.core.$ZodRawIssue;
type Issue = z.core.$ZodIssue;
type Size = { readonly origin: string; readonly inclusive?: boolean | undefined; readonly exact?: boolean | undefined };
type Words = { readonly message: string; readonly cure: string };

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

/** What is wrong in words of ours, without a path. A message that a schema gives itself goes before them. */
export function wordsOf(issue: Raw): string {
  if (issue.input === undefined) return missing;
  if (issue.code === "invalid_type") return `must be ${kindOf(issue.expected)}`;
  if (issue.code === "invalid_value") return `must be one of: ${issue.values.map(String).join(", ")}`;
  if (issue.code === "unrecognized_keys") return `has members that nobody knows: ${issue.keys.join(", ")}`;
  if (issue.code === "too_small") return tooSmall(issue, Number(issue.minimum)).message;
  if (issue.code === "too_big") return tooBig(issue, Number(issue.maximum)).message;
  if (issue.code === "invalid_format") return formatWords(issue.format).message;
  if (issue.code === "invalid_key") return firstOf(issue.issues)?.message ?? "is not a name that can stand here";
  if (issue.code === "invalid_union")
    return optionsOf(issue).length > 0 ? `must be one of: ${optionsOf(issue).join(", ")}` : "has none of the forms that can stand here";
  return "is not a value that can stand here";
}

/** What to write instead. A schema says it of a check of its own as `params: { cure }`. */
export function cureOf(issue: Issue): string {
  const own = issue.code === "custom" ? issue.params?.["cure"] : undefined;
  if (typeof own === "string") return own;
  if (issue.message === missing) return issue.code === "invalid_type" ? `Add it, as ${kindOf(issue.expected)}.` : "Add it.";
  if (issue.code === "invalid_type") return `Send it as ${kindOf(issue.expected)}.`;
  if (issue.code === "invalid_value") return "Choose one of these words.";
  if (issue.code === "unrecognized_keys") return "Remove them, or check how they are written.";
  if (issue.code === "too_small") return tooSmall(issue, Number(issue.minimum)).cure;
  if (issue.code === "too_big") return tooBig(issue, Number(issue.maximum)).cure;
  if (issue.code === "invalid_format") return formatWords(issue.format).cure;
  if (issue.code === "invalid_key") return curedBy(firstOf(issue.issues)) ?? "Write another name, or remove it.";
  if (issue.code === "invalid_union" && optionsOf(issue).length > 0) return "Choose one of these words.";
  return "Send it as the message says.";
}

/**
 * Of a value that fits none of several forms: the mistakes in the one form that was meant, which is the only one of which no member is missing.
 * Null when it cannot be told; then the words of all forms together stand.
 */
export function meantIssuesOf(issue: Issue, input: unknown): readonly Issue[] | null {
  if (issue.code !== "invalid_union") return null;
  const value = at(input, issue.path);
  const meant = issue.errors.filter((form) => !form.some(({ path }) => path.length === 1 && at(value, path) === undefined));
  const [only, other] = meant;
  if (only === undefined || other !== undefined) return null;
  return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key], input);
const firstOf = (issues: readonly Issue[]): Issue | undefined => issues[0];
const curedBy = (issue: Issue | undefined): string | undefined => issue && cureOf(issue);
const optionsOf = (issue: Raw | Issue): readonly string[] =>
  "options" in issue && Array.isArray(issue["options"]) ? issue["options"].map(String) : [];

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const isNumber = (origin: string): boolean => origin === "number" || origin === "int" || origin === "bigint";
const sizeOf = (origin: string, count: number): string =>
  origin === "string" ? counted(count, "character", "characters") : counted(count, "entry", "entries");

function tooSmall({ origin, inclusive = true }: Size, minimum: number): Words {
  if (isNumber(origin))
    return inclusive
      ? { message: `must be at least ${minimum}`, cure: `Send a number of ${minimum} or more.` }
      : { message: `must be more than ${minimum}`, cure: `Send a number above ${minimum}.` };
  const cure = origin === "string" ? `Write at least ${sizeOf(origin, minimum)}.` : `Name at least ${sizeOf(origin, minimum)}.`;
  return { message: minimum === 1 ? "is empty" : `has fewer than ${sizeOf(origin, minimum)}`, cure };
}

function tooBig({ origin, inclusive = true }: Size, maximum: number): Words {
  if (isNumber(origin))
    return inclusive
      ? { message: `must be at most ${maximum}`, cure: `Send a number of ${maximum} or less.` }
      : { message: `must be less than ${maximum}`, cure: `Send a number below ${maximum}.` };
  const most = sizeOf(origin, maximum);
  return { message: `has more than ${most}`, cure: `${origin === "string" ? "Shorten it to" : "Send at most"} ${most}.` };
}

const formats: Readonly<Record<string, Words>> = {
  datetime: { message: "is not an instant with its offset", cure: "Write it like 2026-12-01T09:00:00+01:00, or ending in Z for UTC." },
  email: { message: "is not an e-mail address", cure: "Write it like name@example.com." },
  uuid: { message: "is not an id", cure: "Copy the id as an earlier answer gave it, 36 characters long." },
  url: { message: "is not an address of the web", cure: "Write it like https://example.com/page." },
};
const formatWords = (format: string): Words =>
  formats[format] ?? { message: "is not written as it must be", cure: "Compare it with the example in the documentation." };
