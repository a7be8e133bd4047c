import { err, ok, type Result } from "@herald/kernel";
import { type GraphError, parameterError } from "./errors.ts";

/** The `template` object of a send, read but not yet compared with an approved template. */
export type TemplateRequest = { readonly name: string; readonly language: string; readonly components: readonly ComponentRequest[] };

export type ComponentRequest = {
  readonly type: "header" | "body" | "button";
  /** Buttons only. */
  readonly subType: string | null;
  /** Buttons only: place in the template, 0 to 9. */
  readonly index: number | null;
  readonly parameters: readonly ParameterRequest[];
};

export type ParameterRequest = Readonly<Record<string, unknown>> & { readonly type: string };

type Plain = Record<string, unknown>;
export const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);
export const isFilled = (value: unknown): value is string => typeof value === "string" && value !== "";
/** A value as an error message quotes it. */
export const spell = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const required = (path: string): Result<never, GraphError> => err(parameterError(`The parameter ${path} is required.`));

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and the examples of facebook/openapi. */
export function readTemplateRequest(value: unknown): Result<TemplateRequest, GraphError> {
  if (!isPlain(value)) return required("template");
  if (!isFilled(value["name"])) return required("template['name']");
  const language = value["language"];
  if (!isPlain(language) || !isFilled(language["code"])) return required("template['language']['code']");
  if (language["policy"] !== undefined && language["policy"] !== "deterministic")
    return err(parameterError(`Param template['language']['policy'] must be one of {DETERMINISTIC} - got "${spell(language["policy"])}".`));
  const listed = value["components"] ?? [];
  if (!Array.isArray(listed)) return err(parameterError("Param template['components'] must be an array."));
  const components: ComponentRequest[] = [];
  for (const [index, each] of listed.entries()) {
    const component = readComponent(each, `template['components'][${index}]`);
    if (!component.ok) return component;
    components.push(component.value);
  }
  return ok({ name: value["name"], language: language["code"], components });
}

function readComponent(value: unknown, path: string): Result<ComponentRequest, GraphError> {
  if (!isPlain(value) || !isFilled(value["type"])) return required(`${path}['type']`);
  const type = value["type"].toLowerCase();
  if (type !== "header" && type !== "body" && type !== "button")
    return err(parameterError(`Param ${path}['type'] must be one of {HEADER, BODY, BUTTON} - got "${value["type"]}".`));
  const listed = value["parameters"] ?? [];
  if (!Array.isArray(listed)) return err(parameterError(`Param ${path}['parameters'] must be an array.`));
  const parameters: ParameterRequest[] = [];
  for (const [index, each] of listed.entries()) {
    if (!isPlain(each) || !isFilled(each["type"])) return required(`${path}['parameters'][${index}]['type']`);
    parameters.push({ ...each, type: each["type"].toLowerCase() });
  }
  if (type !== "button") return ok({ type, subType: null, index: null, parameters });
  if (!isFilled(value["sub_type"])) return required(`${path}['sub_type']`);
  const index = Number(value["index"]);
  if (value["index"] === undefined || !Number.isInteger(index) || index < 0 || index > 9)
    return err(parameterError(`Param ${path}['index'] must be a button's place, "0" to "9".`));
  return ok({ type, subType: value["sub_type"].toLowerCase(), index, parameters });
}
