import type { Placeholder, VariableSource } from "@herald/campaign";

export type TemplateButton = { readonly kind: "reply" | "link" | "call" | "copy"; readonly text: string };
/** A template as the wizard shows it. */
export type TemplateView = {
  readonly sourceId: string;
  readonly name: string;
  readonly language: string;
  readonly category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  /** The provider's word: APPROVED, PENDING, REJECTED, PAUSED, DISABLED, … */
  readonly status: string;
  readonly header: { readonly kind: "text" | "image" | "video" | "document" | "other"; readonly text: string } | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly TemplateButton[];
  readonly placeholders: readonly Placeholder[];
  /** Parts that Herald cannot fill; with any of them it cannot be sent. */
  readonly unsupported: readonly string[];
};

export const mayBeSent = (template: Pick<TemplateView, "status" | "unsupported">): boolean =>
  template.status === "APPROVED" && template.unsupported.length === 0;

const placeholderPattern = /\{\{\s*([\w.]+)\s*\}\}/g;

/** A part of a template with its values; what has none stays as it stands in the template. */
export const filledText = (text: string, part: "body" | "header", values: Readonly<Record<string, string>>): string =>
  text.replaceAll(placeholderPattern, (whole, name: string) => values[`${part}.${name}`] || whole);

/** The values that are the same for everybody: what can be shown before anybody is asked for. */
export const fixedValues = (variables: Readonly<Record<string, VariableSource>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).flatMap(([key, source]) => (source.from === "static" ? [[key, source.value]] : [])));

/** "first_name" as a person reads it. */
export function fieldWords(key: string): string {
  const words = key.replaceAll(/[_.-]+/g, " ").trim();
  return words === "" ? key : words[0]?.toUpperCase() + words.slice(1);
}

/** What fills a placeholder without being asked: the contact's own field of the same name. */
export function guessedSource(name: string, knownFields: readonly string[]): VariableSource | undefined {
  const wanted = name.toLowerCase();
  if (knownFields.includes(wanted)) return { from: "field", field: wanted };
  return wanted === "name" || wanted === "full_name" || wanted === "display_name" ? { from: "field", field: "display_name" } : undefined;
}
