import type { IncomingHttpHeaders } from "node:http";
import type { Template } from "../config/config.ts";
import { capPerSecondOf } from "../directory.ts";
import type { AmbiguousScript } from "../scenario/rules.ts";
import type { Simulation } from "../simulation.ts";
import { accept, type Checked } from "./accept.ts";
import { authenticate, visibleNumber } from "./access.ts";
import { type Answer, failure, success } from "./answer.ts";
import { refusalByAccount, refusalByPair, refusalByPortfolio } from "./conditions.ts";
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
 * `POST /{phone_number_id}/messages`: checked in the order token, number, account, throughput, body, pair rate, template, portfolio,
 * scenario. Whatever comes out is booked before it is answered.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function answerMessages(simulation: Simulation, call: MessagesCall): Answer {
  const { directory } = simulation.state;
  const token = authenticate(call.headers, directory, call.atMs);
  const number = token.ok ? visibleNumber(call.phoneNumberId, token.value, directory) : null;
  const configured = number ?? directory.number(call.phoneNumberId);
  const claims = claimsOf(call.body, configured === undefined ? null : directory.senderOf(configured));
  const isRead = isReadMark(call.body);
  if (!token.ok) return refuse(simulation, call, claims, token.error, unmetered);
  if (number === null) return refuse(simulation, call, claims, unknownNode(call.phoneNumberId, "post"), unmetered);

  const account = isRead ? null : refusalByAccount(directory, number, call.atMs);
  if (account !== null) return refuse(simulation, call, claims, account, byMeta);
  if (!isRead && !simulation.state.throughputOf(number.phoneNumberId).tryTake(capPerSecondOf(number), call.atMs))
    return refuse(simulation, call, claims, whatsappError(130429), byMeta);
  const request = checkRequest(call.body, directory.senderOf(number));
  if (!request.ok) return isRead ? failure(request.error) : refuse(simulation, call, claims, request.error, byMeta);
  if (request.value.kind === "mark_read") return success({ success: true });

  const send = request.value;
  const { userId } = send.addressee;
  const template = send.template === null ? undefined : directory.template(number.wabaId, send.template.name, send.template.language);
  const refusal =
    refusalByPair(simulation, number.phoneNumberId, userId, call.atMs) ??
    (send.template === null ? null : refusalOfTemplate(simulation, send, send.template, template)) ??
    refusalOfBsuid(simulation, send);
  if (refusal !== null) return refuse(simulation, call, claims, refusal, byMeta);
  const checked = { number, send, template, isWindowOpen: simulation.state.windows.isOpen(number.phoneNumberId, userId, call.atMs) };
  const over = refusalByPortfolio(simulation, checked, call.atMs);
  if (over.refusal !== null) return refuse(simulation, call, claims, over.refusal, { ...byMeta, overLimitOf: over.overLimitOf });
  return followScenario(simulation, call, { ...checked, ...over, claims });
}

type RefusalFlags = { readonly isMetered: boolean; readonly isScripted: boolean; readonly overLimitOf: string | null };
const unmetered: RefusalFlags = { isMetered: false, isScripted: false, overLimitOf: null };
const byMeta: RefusalFlags = { ...unmetered, isMetered: true };
const scripted: RefusalFlags = { ...byMeta, isScripted: true };

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
  return refusalOfParameters(request, simulation.state.directory.shapeOf(template), template.parameterFormat);
}

const refusalOfBsuid = (simulation: Simulation, send: SendRequest): GraphError | null =>
  send.addressee.waId === null && simulation.config.people.bsuidSends === "refuse" ? whatsappError(131062) : null;

function refuse(simulation: Simulation, call: MessagesCall, claims: Claims, error: GraphError, flags: RefusalFlags): Answer {
  simulation.book({ event: "refused", atMs: call.atMs, phoneNumberId: call.phoneNumberId, code: error.code, ...claims, ...flags });
  return failure(error);
}

function followScenario(simulation: Simulation, call: MessagesCall, checked: Checked & { readonly claims: Claims }): Answer {
  const { recipient } = checked.send.addressee;
  const { phoneNumberId } = checked.number;
  const outcome = simulation.state.scenario.outcomeOf({
    recipient,
    phoneNumberId,
    template: checked.template ?? null,
    decidedBefore: simulation.state.truth.recipientOf(recipient)?.decided ?? 0,
  });
  const latency = outcome.latency === null ? {} : { latency: outcome.latency };
  const script = outcome.answer;
  if (script.kind === "refuse")
    return { ...refuse(simulation, call, checked.claims, whatsappError(script.code, script.details), scripted), ...latency };
  if (script.kind !== "accept" && !script.accepted) {
    const about = { atMs: call.atMs, phoneNumberId, ...checked.claims, isMetered: true, isScripted: true };
    simulation.book({ event: "dropped", how: script.kind, ...about });
    return { ...ambiguousAnswer(script), ...latency };
  }
  const body = accept(simulation, call.atMs, checked, outcome);
  return { ...(script.kind === "accept" ? success(body) : ambiguousAnswer(script)), ...latency };
}

function ambiguousAnswer(script: AmbiguousScript): Answer {
  switch (script.kind) {
    case "hang":
      return { kind: "hang", hangMs: script.hangMs };
    case "server_error":
      return { kind: "server_error", status: script.status, body: script.body };
    case "cut":
    case "half_open":
      return { kind: script.kind };
  }
}
