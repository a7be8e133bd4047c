import type { Template, VariableSources } from "./content.ts";

/** One value a template needs: `body.1`, `body.first_name`, `header.1`, `header.media`, `button.0`. */
export type Placeholder = { readonly key: string; readonly part: "body" | "header" | "header_media" | "button"; readonly name: string };

const placeholderPattern = /\{\{\s*([\w.]+)\s*\}\}/g;
/** Meta fetches header media itself, so the link has to be public and HTTPS. */
export const isMediaLink = (value: string): boolean => value.startsWith("https://");

const mediaFormats = new Set(["IMAGE", "VIDEO", "DOCUMENT"]);

/** What one recipient's message must be filled with, read from the template's components. */
export function placeholdersOf(template: Pick<Template, "components">): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (const component of template.components) {
    const type = component.type.toUpperCase();
    if (type === "BODY") for (const name of namesIn(component.text)) found.push({ key: `body.${name}`, part: "body", name });
    if (type === "HEADER" && mediaFormats.has(component.format?.toUpperCase() ?? ""))
      found.push({ key: "header.media", part: "header_media", name: "media" });
    if (type === "HEADER") for (const name of namesIn(component.text)) found.push({ key: `header.${name}`, part: "header", name });
    if (type === "BUTTONS") {
      component.buttons?.forEach((button, index) => {
        if (button.type.toUpperCase() === "URL" && namesIn(button.url).length > 0)
          found.push({ key: `button.${index}`, part: "button", name: String(index) });
      });
    }
  }
  return found;
}

const namesIn = (text: string | undefined): string[] => [
  ...new Set([...(text ?? "").matchAll(placeholderPattern)].map((match) => match[1] ?? "")),
];

/** Parts that need a value of a kind no variable holds yet: a send without it is refused by the provider for every single recipient. */
export function unsupportedPartsOf(template: Pick<Template, "components">): readonly string[] {
  return template.components.flatMap((component) => {
    const type = component.type.toUpperCase();
    if (unsupportedComponents.has(type)) return [type];
    if (type === "HEADER" && unsupportedFormats.has(component.format?.toUpperCase() ?? ""))
      return [`${component.format?.toUpperCase()} header`];
    if (type !== "BUTTONS") return [];
    return (component.buttons ?? [])
      .map((button) => button.type.toUpperCase())
      .filter((button) => unsupportedButtons.has(button))
      .map((button) => `${button} button`);
  });
}

/** Source of the three sets: developers.facebook.com/documentation/business-messaging/whatsapp/templates/components */
const unsupportedComponents = new Set(["CAROUSEL", "LIMITED_TIME_OFFER"]);
const unsupportedFormats = new Set(["LOCATION", "PRODUCT"]);
const unsupportedButtons = new Set(["COPY_CODE", "CATALOG", "MPM", "SPM"]);

/** Placeholders that no source fills, and sources that fill nothing: both are mistakes worth naming before anything is sent. */
export function mismatchedVariables(
  placeholders: readonly Placeholder[],
  variables: VariableSources,
): { readonly missing: readonly string[]; readonly unknown: readonly string[] } {
  const needed = new Set(placeholders.map((placeholder) => placeholder.key));
  return {
    missing: [...needed].filter((key) => !(key in variables)),
    unknown: Object.keys(variables).filter((key) => !needed.has(key)),
  };
}
