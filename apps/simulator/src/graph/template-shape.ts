import { z } from "zod";

const button = z.looseObject({
  type: z.string().transform((type) => type.toUpperCase()),
  text: z.string().optional(),
  url: z.string().optional(),
});

/**
 * A template's components as the management API stores them. Unknown kinds are kept and ask for nothing.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 */
export const templateComponents = z
  .array(
    z.looseObject({
      type: z.string().transform((type) => type.toUpperCase()),
      format: z.string().optional(),
      text: z.string().optional(),
      buttons: z.array(button).optional(),
    }),
  )
  .refine((components) => components.filter((each) => each.type === "BODY").length === 1, "a template has exactly one BODY");

export type TemplateComponents = z.infer<typeof templateComponents>;

/** What a send must bring for a template, worked out once. */
export type TemplateShape = {
  readonly header: HeaderShape;
  readonly bodyText: string;
  readonly bodyVariables: readonly string[];
  readonly buttons: readonly ButtonShape[];
};

export type HeaderShape =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly variables: readonly string[] }
  | { readonly kind: "media"; readonly format: "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION" };

export type ButtonShape = { readonly type: string; readonly text: string; readonly needs: "text" | "coupon_code" | null };

const mediaFormats = ["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"] as const;

export function shapeOf(components: TemplateComponents): TemplateShape {
  const header = components.find((each) => each.type === "HEADER");
  const bodyText = components.find((each) => each.type === "BODY")?.text ?? "";
  const buttons = components.find((each) => each.type === "BUTTONS")?.buttons ?? [];
  return {
    header: headerShape(header?.format, header?.text),
    bodyText,
    bodyVariables: variablesOf(bodyText),
    buttons: buttons.map((each) => ({ type: each.type, text: each.text ?? "", needs: buttonNeed(each.type, each.url) })),
  };
}

/** Distinct `{{1}}` or `{{first_name}}` names, in order of appearance. */
const variablesOf = (text: string): string[] => [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ""))];

/** The text a user sees: each variable replaced by what `valueOf` gives for its name. */
export const hydrate = (text: string, valueOf: (variable: string) => string): string =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, variable: string) => valueOf(variable));

function headerShape(format: string | undefined, text: string | undefined): HeaderShape {
  const media = mediaFormats.find((each) => each === format?.toUpperCase());
  if (media !== undefined) return { kind: "media", format: media };
  return text === undefined ? { kind: "none" } : { kind: "text", variables: variablesOf(text) };
}

function buttonNeed(type: string, url: string | undefined): ButtonShape["needs"] {
  if (type === "OTP") return "text";
  if (type === "COPY_CODE") return "coupon_code";
  return type === "URL" && url !== undefined && variablesOf(url).length > 0 ? "text" : null;
}
