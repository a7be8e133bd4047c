import type { Template } from "../config/config.ts";
import { type GraphError, whatsappError } from "./errors.ts";
import { type ComponentRequest, isFilled, isPlain, type ParameterRequest, type TemplateRequest } from "./template-request.ts";
import { hydrate, type TemplateShape } from "./template-shape.ts";

const maxBodyLength = 1024;
const forbiddenInText = /[\n\r\t]| {5,}/;

/** Whether a template may be sent at all. Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
export function refusalOfStatus(request: TemplateRequest, template: Template | undefined): GraphError | null {
  if (template?.status === "APPROVED") return null;
  if (template?.status === "PAUSED") return whatsappError(132015);
  if (template?.status === "DISABLED") return whatsappError(132016);
  return whatsappError(132001, `template name (${request.name}) does not exist in ${request.language}`);
}

/** Compares what a send brings with what the approved template asks for; null when it fits. Same source. */
export function refusalOfParameters(
  request: TemplateRequest,
  shape: TemplateShape,
  format: Template["parameterFormat"],
): GraphError | null {
  const part = (type: ComponentRequest["type"]): readonly ParameterRequest[] =>
    request.components.filter((each) => each.type === type).flatMap((each) => each.parameters);
  return (
    refusalOfHeader(part("header"), shape, format) ??
    refusalOfVariables("body", part("body"), shape.bodyVariables, format) ??
    refusalOfLength(part("body"), shape, format) ??
    refusalOfButtons(request.components, shape)
  );
}

function refusalOfHeader(
  parameters: readonly ParameterRequest[],
  shape: TemplateShape,
  format: Template["parameterFormat"],
): GraphError | null {
  if (shape.header.kind !== "media")
    return refusalOfVariables("header", parameters, shape.header.kind === "text" ? shape.header.variables : [], format);
  const expected = shape.header.format;
  const given = parameters[0];
  if (given?.type.toUpperCase() !== expected)
    return whatsappError(132012, `header: Format mismatch, expected ${expected}, received ${given?.type.toUpperCase() ?? "UNKNOWN"}`);
  if (parameters.length > 1) return countMismatch("header", parameters.length, 1);
  const media = given[given.type];
  const named =
    isPlain(media) && (expected === "LOCATION" ? media["latitude"] !== undefined : isFilled(media["id"]) || isFilled(media["link"]));
  return named
    ? null
    : whatsappError(131008, `Parameter of type ${given.type} is missing its ${expected === "LOCATION" ? "coordinates" : "id or link"}`);
}

function refusalOfVariables(
  where: "header" | "body",
  parameters: readonly ParameterRequest[],
  variables: readonly string[],
  format: Template["parameterFormat"],
): GraphError | null {
  if (parameters.length !== variables.length) return countMismatch(where, parameters.length, variables.length);
  for (const parameter of parameters) {
    const refusal = refusalOfVariable(where, parameter);
    if (refusal !== null) return refusal;
    if (format === "POSITIONAL") continue;
    if (!isFilled(parameter["parameter_name"])) return whatsappError(100, "Parameter name is missing or empty");
    if (!variables.includes(parameter["parameter_name"]))
      return whatsappError(100, `Parameter name ${parameter["parameter_name"]} is not in the template`);
  }
  const names = new Set(parameters.map((parameter) => parameter["parameter_name"]));
  return format === "NAMED" && names.size !== variables.length ? countMismatch(where, names.size, variables.length) : null;
}

function refusalOfVariable(where: string, parameter: ParameterRequest): GraphError | null {
  if (parameter.type === "text") {
    if (!isFilled(parameter["text"])) return whatsappError(131008, "Parameter of type text is missing text value");
    return forbiddenInText.test(parameter["text"])
      ? whatsappError(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
      : null;
  }
  if (parameter.type !== "currency" && parameter.type !== "date_time")
    return whatsappError(132012, `${where}: Format mismatch, expected TEXT, received ${parameter.type.toUpperCase()}`);
  const value = parameter[parameter.type];
  return isPlain(value) && isFilled(value["fallback_value"])
    ? null
    : whatsappError(131008, `Parameter of type ${parameter.type} is missing fallback_value`);
}

function refusalOfLength(
  parameters: readonly ParameterRequest[],
  shape: TemplateShape,
  format: Template["parameterFormat"],
): GraphError | null {
  const textOf = (parameter: ParameterRequest | undefined): string => {
    const typed = parameter?.[parameter.type];
    return String(isPlain(typed) ? typed["fallback_value"] : (typed ?? ""));
  };
  const body = hydrate(shape.bodyText, (variable) =>
    textOf(
      format === "NAMED"
        ? parameters.find((parameter) => parameter["parameter_name"] === variable)
        : parameters[shape.bodyVariables.indexOf(variable)],
    ),
  );
  return body.length > maxBodyLength
    ? whatsappError(132005, `body: text is ${body.length} characters long, at most ${maxBodyLength} allowed`)
    : null;
}

function refusalOfButtons(components: readonly ComponentRequest[], shape: TemplateShape): GraphError | null {
  const given = components.filter((each) => each.type === "button");
  if (given.length > 0 && shape.buttons.length === 0)
    return whatsappError(132018, "buttons: Template does not contain button components, no parameters allowed");
  for (const component of given) {
    const button = shape.buttons[component.index ?? -1];
    if (button === undefined) return whatsappError(132018, `buttons: Template has no button at index ${component.index}`);
    if (component.subType !== subTypeOf(button.type))
      return whatsappError(
        132012,
        `buttons: Button at index ${component.index} is of type ${button.type}, not ${component.subType?.toUpperCase()}`,
      );
  }
  for (const [index, button] of shape.buttons.entries()) {
    const parameter = given.find((each) => each.index === index)?.parameters[0];
    if (button.needs !== null && !isFilled(parameter?.[button.needs]))
      return whatsappError(131008, `buttons: Button at index ${index} of type ${button.type} requires a parameter`);
  }
  return null;
}

/** One-time-password buttons are sent as URL buttons; every other button by its own name. */
const subTypeOf = (buttonType: string): string => (buttonType === "OTP" ? "url" : buttonType.toLowerCase());

const countMismatch = (where: string, given: number, expected: number): GraphError =>
  whatsappError(132000, `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`);
