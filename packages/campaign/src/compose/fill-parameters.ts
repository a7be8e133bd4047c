import type { Parameter, RecipientParameters } from "@herald/provider";
import type { Candidate } from "../audience/audience.ts";
import type { VariableSource, VariableSources } from "./content.ts";
import { isMediaLink, type Placeholder } from "./placeholders.ts";

/** Filled parameters, and what an operator should know of them. `missing`: placeholders without a value for this person. */
export type Filled = {
  readonly parameters: RecipientParameters;
  readonly missing: readonly string[];
  readonly fellBack: readonly string[];
};

/** Pure: the same person and the same sources always give the same message (law L8). */
export function fillParameters(
  placeholders: readonly Placeholder[],
  variables: VariableSources,
  person: Pick<Candidate, "fields" | "displayName">,
): Filled {
  const missing: string[] = [];
  const fellBack: string[] = [];
  const body: Parameter[] = [];
  const header: Parameter[] = [];
  const buttons: { index: string; urlSuffix: string }[] = [];
  let headerMediaUrl: string | undefined;
  for (const { key, part, name } of placeholders) {
    const { value, isFallback } = valueOf(variables[key], person);
    if (value === "" || (part === "header_media" && !isMediaLink(value))) missing.push(key);
    if (isFallback) fellBack.push(key);
    if (part === "body") body.push({ name, value });
    else if (part === "header") header.push({ name, value });
    else if (part === "button") buttons.push({ index: name, urlSuffix: value });
    else headerMediaUrl = value;
  }
  const parameters: RecipientParameters = {
    body,
    ...(header.length > 0 ? { header } : {}),
    ...(headerMediaUrl === undefined ? {} : { headerMediaUrl }),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
  return { parameters, missing, fellBack };
}

function valueOf(
  source: VariableSource | undefined,
  person: Pick<Candidate, "fields" | "displayName">,
): { readonly value: string; readonly isFallback: boolean } {
  if (source === undefined) return { value: "", isFallback: false };
  if (source.from === "static") return { value: oneLine(source.value), isFallback: false };
  const own = oneLine(source.field === "display_name" ? person.displayName : fieldOf(person.fields, source.field));
  return own === ""
    ? { value: oneLine(source.fallback ?? ""), isFallback: (source.fallback ?? "") !== "" }
    : { value: own, isFallback: false };
}

/** An operator may name any field: one that every object inherits ("constructor") is nobody's. */
const fieldOf = (fields: Candidate["fields"], field: string): string => (Object.hasOwn(fields, field) ? (fields[field] ?? "") : "");

/** Meta refuses parameters with line breaks, tabs or more than four spaces in a row (developers.facebook.com/documentation/business-messaging/whatsapp/templates). */
const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();
