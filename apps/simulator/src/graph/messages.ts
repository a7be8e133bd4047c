import type { IncomingHttpHeaders } from "node:http";
import type { BusinessNumber, Template } from "../config.ts";
import { capPerSecondOf } from "../directory.ts";
import { hash32, seededRandom } from "../random.ts";
import type { AnswerScript, Outcome } from "../scenario.ts";
import type { Simulation } from "../simulation.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import { outboundWamid } from "../wamid.ts";
import { planUpdates } from "../webhooks/plan.ts";
import { authenticate, visibleNumber } from "./access.ts";
import { type Answer, failure, success } from "./answer.ts";
import { type GraphError, unknownNode, whatsappError } from "./errors.ts";
import { type Claims, checkRequest, claimsOf, isReadMark, type SendRequest } from "./request-rules.ts";
import type { TemplateRequest } from "./template-request.ts";
import { refusalOfParameters, refusalOfStatus } from "./template-rules.ts";

export type MessagesCall = {
  readonly phoneNumberId: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined when it was none. */
  readonly body: unknown;
  /** When the whole body had arrived. */
  readonly atMs: number;
};

/**
 * `POST /{phone_number_id}/messages`: checked in the order token, number, throughput, body, template, scenario. Whatever comes out is
 * booked before it is answered.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function answerMessages(simulation: Simulation, call: MessagesCall): Answer {
  const { directory } = simulation;
  const token = authenticate(call.headers, directory, call.atMs);
  const number = token.ok ? visibleNumber(call.phoneNumberId, token.value, directory) : null;
  const configured = number ?? directory.number(call.phoneNumberId);
  const claims = claimsOf(call.body, configured === undefined ? null : directory.senderOf(configured));
  if (!token.ok) return refuse(simulation, call, claims, token.error, { isMetered: false, isScripted: false });
  if (number === null)
    return refuse(simulation, call, claims, unknownNode(call.phoneNumberId, "post"), { isMetered: false, isScripted: false });

  const byMeta = { isMetered: true, isScripted: false };
  if (!isReadMark(call.body) && !simulation.throughputOf(number.phoneNumberId).tryTake(capPerSecondOf(number), call.atMs))
    return refuse(simulation, call, claims, whatsappError(130429), byMeta);
  const request = checkRequest(call.body, directory.senderOf(number));
  if (!request.ok) return isReadMark(call.body) ? failure(request.error) : refuse(simulation, call, claims, request.error, byMeta);
  if (request.value.kind === "mark_read") return success({ success: true });

  const send = request.value;
  const template = send.template === null ? undefined : directory.template(number.wabaId, send.template.name, send.template.language);
  const refusal = send.template === null ? null : refusalOfTemplate(simulation, send, send.template, template);
  if (refusal !== null) return refuse(simulation, call, claims, refusal, byMeta);
  return followScenario(simulation, call, { number, send, template, claims });
}

type Checked = {
  readonly number: BusinessNumber;
  readonly send: SendRequest;
  readonly template: Template | undefined;
  readonly claims: Claims;
};

function refusalOfTemplate(
  simulation: Simulation,
  send: SendRequest,
  request: TemplateRequest,
  template: Template | undefined,
): GraphError | null {
  const byStatus = refusalOfStatus(request, template);
  if (byStatus !== null || template === undefined) return byStatus;
  // Authentication templates cannot go to a business-scoped user id (…/whatsapp/business-scoped-user-ids).
  if (template.category === "AUTHENTICATION" && send.addressee.waId === null) return whatsappError(131062);
  return refusalOfParameters(request, simulation.directory.shapeOf(template), template.parameterFormat);
}

function refuse(
  simulation: Simulation,
  call: MessagesCall,
  claims: Claims,
  error: GraphError,
  flags: { readonly isMetered: boolean; readonly isScripted: boolean },
): Answer {
  simulation.book({ event: "refused", atMs: call.atMs, phoneNumberId: call.phoneNumberId, code: error.code, ...claims, ...flags });
  return failure(error);
}

function followScenario(simulation: Simulation, call: MessagesCall, checked: Checked): Answer {
  const { recipient } = checked.send.addressee;
  const { phoneNumberId } = checked.number;
  const decidedBefore = simulation.truth.recipientOf(recipient)?.decided ?? 0;
  const outcome = simulation.scenario.outcomeOf({ recipient, phoneNumberId, decidedBefore });
  const script = outcome.answer;
  const scripted = { isMetered: true, isScripted: true };
  if (script.kind === "refuse") return refuse(simulation, call, checked.claims, whatsappError(script.code, script.details), scripted);
  if (script.kind !== "accept" && !script.accepted) {
    simulation.book({ event: "dropped", atMs: call.atMs, phoneNumberId, ...checked.claims, ...scripted });
    return ambiguousAnswer(script);
  }
  const body = accept(simulation, call.atMs, checked, outcome);
  return script.kind === "accept" ? success(body) : ambiguousAnswer(script);
}

const ambiguousAnswer = (script: Extract<AnswerScript, { kind: "cut" | "hang" | "server_error" }>): Answer =>
  script.kind === "hang" ? { kind: "hang", hangMs: script.hangMs } : { kind: script.kind };

/** Takes the message on: a wamid, a plan for its webhooks, an entry in the books. Answers Meta's success body. */
function accept(simulation: Simulation, atMs: number, { number, send, template }: Checked, outcome: Outcome): unknown {
  const { addressee } = send;
  const receipts = receiptsOf(simulation, number, send, outcome, atMs);
  const message: AcceptedMessage = {
    wamid: outboundWamid(addressee.waId ?? addressee.userId),
    phoneNumberId: number.phoneNumberId,
    ...addressee,
    opaqueId: send.opaqueId,
    category: template?.category.toLowerCase() ?? "service",
    answer:
      outcome.answer.kind === "cut" || outcome.answer.kind === "hang" || outcome.answer.kind === "server_error"
        ? outcome.answer.kind
        : "ok",
    failedCode: receipts.kind === "failed" ? receipts.code : null,
  };
  // Delays hang on the recipient and the count of its messages, not on the order in which requests of others arrive.
  const acceptedBefore = simulation.truth.recipientOf(addressee.recipient)?.accepted ?? 0;
  const updates = planUpdates({
    message,
    acceptedAtMs: atMs,
    outcome: { receipts, reply: outcome.reply },
    quickReply: quickReplyOf(simulation, send, template),
    config: simulation.config,
    random: seededRandom(hash32(simulation.config.seed, "plan", addressee.recipient, acceptedBefore)),
    nextUpdateId: simulation.nextUpdateId,
  });
  simulation.book({ event: "accepted", atMs, message, updates });
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: send.input, ...(addressee.waId === null ? { user_id: addressee.userId } : { wa_id: addressee.waId }) }],
    messages: [{ id: message.wamid, ...(send.kind === "template" ? { message_status: "accepted" } : {}) }],
  };
}

/** Outside the 24-hour window a free-form message is accepted and fails by webhook, which is how Meta reports 131047. */
function receiptsOf(
  simulation: Simulation,
  number: BusinessNumber,
  send: SendRequest,
  outcome: Outcome,
  atMs: number,
): Outcome["receipts"] {
  if (send.kind === "template" || simulation.isWindowOpen(number.phoneNumberId, send.addressee.userId, atMs)) return outcome.receipts;
  return { kind: "failed", code: 131047, afterSent: false };
}

/** The button a scripted tap presses; its payload is the one the send gave it, or its text. */
function quickReplyOf(simulation: Simulation, send: SendRequest, template: Template | undefined): { text: string; payload: string } | null {
  if (template === undefined) return null;
  const { buttons } = simulation.directory.shapeOf(template);
  const index = buttons.findIndex((button) => button.type === "QUICK_REPLY");
  const text = buttons[index]?.text;
  if (text === undefined) return null;
  const given = send.template?.components.find((component) => component.type === "button" && component.index === index)?.parameters[0];
  return { text, payload: typeof given?.["payload"] === "string" ? given["payload"] : text };
}
