import type { Template } from "../config/config.ts";
import type { SendRequest } from "../graph/request-rules.ts";
import type { ComponentRequest, ParameterRequest } from "../graph/template-request.ts";
import { hydrate } from "../graph/template-shape.ts";

/** A message as a person reads it. */
export type PhoneText = {
  /** A line of text, or what kind of media stands there with its address. */
  readonly header: string | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly string[];
};

/** The text of an accepted send: the template's own words with the values that came with the request. */
export function phoneTextOf(send: SendRequest, template: Template | undefined): PhoneText {
  const partOf = (type: string) => template?.components.find((component) => component.type === type);
  const valuesOf = (type: ComponentRequest["type"]) =>
    send.template?.components.find((component) => component.type === type)?.parameters ?? [];
  const buttons = partOf("BUTTONS")?.buttons ?? [];
  const footer = partOf("FOOTER")?.text;
  return {
    header: headerOf(partOf("HEADER"), valuesOf("header")),
    body: template === undefined ? (send.text ?? "") : filled(partOf("BODY")?.text ?? "", valuesOf("body")),
    footer: typeof footer === "string" ? footer : null,
    buttons: buttons.map((button) => button.text ?? button.type.toLowerCase().replaceAll("_", " ")),
  };
}

function headerOf(
  part: { readonly format?: string | undefined; readonly text?: string | undefined } | undefined,
  values: readonly ParameterRequest[],
): string | null {
  if (part === undefined) return null;
  if (part.text !== undefined) return filled(part.text, values);
  const [media] = values;
  const place = media?.[media.type];
  const link = typeof place === "object" && place !== null && "link" in place ? String(place.link) : "";
  return `${(part.format ?? "media").toLowerCase()} ${link}`.trim();
}

/** Named values by their name, positional ones by their place; what is missing stays as it stands in the template. */
function filled(text: string, values: readonly ParameterRequest[]): string {
  return hydrate(text, (variable) => {
    const named = values.find((value) => value["parameter_name"] === variable);
    const value = named ?? values[Number(variable) - 1];
    return typeof value?.["text"] === "string" ? value["text"] : `{{${variable}}}`;
  });
}
