import type { BusinessNumber, Template } from "../config/config.ts";
import { isUnitedStates } from "../people/north-america.ts";
import { hash32, seededRandom } from "../random.ts";
import type { Outcome } from "../scenario/rules.ts";
import type { Simulation } from "../simulation.ts";
import type { AcceptedMessage, HoldTicket, PlaceTaken } from "../truth/events.ts";
import { outboundWamid } from "../wamid.ts";
import { deliveredAtMsOf, planUpdates } from "../webhooks/plan.ts";
import type { PlannedUpdate } from "../webhooks/updates.ts";
import type { SendRequest } from "./request-rules.ts";

/** A send that broke no rule. */
export type Checked = {
  readonly number: BusinessNumber;
  readonly send: SendRequest;
  readonly template: Template | undefined;
  /** Whether the user has written to this number within the last 24 hours. */
  readonly isWindowOpen: boolean;
  /** The portfolio whose limit has no place for it. */
  readonly overLimitOf: string | null;
  /** The code it therefore fails with. */
  readonly overLimitCode: number | null;
};

/** Takes a message on: a wamid, a plan for its webhooks, an entry in the books. Answers Meta's success body. */
export function accept(simulation: Simulation, atMs: number, checked: Checked, outcome: Outcome): unknown {
  const { state } = simulation;
  const { number, send, template } = checked;
  const { addressee } = send;
  const receipts = receiptsOf(simulation, checked, outcome);
  const hold = receipts.kind === "failed" ? null : holdOf(simulation, checked);
  const message: AcceptedMessage = {
    wamid: outboundWamid(addressee.waId ?? addressee.userId),
    phoneNumberId: number.phoneNumberId,
    ...addressee,
    opaqueId: send.opaqueId,
    category: template?.category.toLowerCase() ?? "service",
    answer: outcome.answer.kind === "accept" || outcome.answer.kind === "refuse" ? "ok" : outcome.answer.kind,
    failedCode: receipts.kind === "failed" ? receipts.code : null,
  };
  // Delays hang on the recipient and the count of its messages, not on the order in which requests of others arrive.
  const acceptedBefore = state.truth.recipientOf(addressee.recipient)?.accepted ?? 0;
  const updates =
    hold !== null
      ? []
      : planUpdates({
          message,
          acceptedAtMs: atMs,
          outcome: { receipts, reply: outcome.reply },
          quickReply: quickReplyOf(simulation, send, template),
          config: simulation.config,
          number,
          random: seededRandom(hash32(simulation.config.seed, "plan", addressee.recipient, acceptedBefore)),
          nextUpdateId: simulation.nextUpdateId,
        });
  const place = placeOf(simulation, checked, updates, hold !== null);
  const { overLimitOf } = checked;
  simulation.book({ event: "accepted", atMs, message, updates, template: template?.name ?? null, place, hold, overLimitOf });
  const { wamid, phoneNumberId, recipient } = message;
  simulation.phones.note({ wamid, phoneNumberId, recipient, atMs, send, template }, updates);
  const status = hold === null ? "accepted" : "held_for_quality_assessment";
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: send.input, ...(addressee.waId === null ? { user_id: addressee.userId } : { wa_id: addressee.waId }) }],
    messages: [{ id: message.wamid, ...(send.kind === "template" ? { message_status: status } : {}) }],
  };
}

/**
 * What Meta's own rules make of the receipts, before the scenario is asked: free-form text outside the window (131047), a payment problem,
 * a portfolio without a place, and marketing to the United States (131049) are all accepted and fail by webhook.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
function receiptsOf(simulation: Simulation, checked: Checked, { receipts }: Outcome): Outcome["receipts"] {
  const { number, send, template, isWindowOpen, overLimitCode } = checked;
  const failed = (code: number, afterSent: boolean): Outcome["receipts"] => ({ kind: "failed", code, afterSent });
  if (template === undefined && !isWindowOpen) return failed(131047, false);
  const problem = simulation.state.directory.waba(number.wabaId)?.paymentProblem ?? null;
  if (problem?.how === "webhook") return failed(problem.code, false);
  if (overLimitCode !== null) return failed(overLimitCode, false);
  const isBanned = template?.category === "MARKETING" && simulation.config.people.usMarketing && isUnitedStates(send.addressee.recipient);
  return isBanned ? failed(131049, true) : receipts;
}

/** Whether a paced template or portfolio holds this message, and what is needed to go on with it later. */
function holdOf(simulation: Simulation, { send, template }: Checked): HoldTicket | null {
  const scope = template === undefined ? null : simulation.state.pacing.scopeHolding(template.name);
  if (template === undefined || scope === null) return null;
  const { wabaId, name, language } = template;
  return { scope, wabaId, template: name, language, quickReply: quickReplyOf(simulation, send, template) };
}

/** The place of its user in the portfolio's window, for a message that will be delivered or may yet be. */
function placeOf(
  { state }: Simulation,
  { number, isWindowOpen, overLimitOf }: Checked,
  updates: readonly PlannedUpdate[],
  isHeld: boolean,
): PlaceTaken | null {
  const businessId = state.directory.businessIdOf(number);
  const limit = state.directory.portfolio(businessId);
  if (isWindowOpen || limit === undefined || limit.limit === null || (overLimitOf !== null && limit.overLimit.kind !== "count"))
    return null;
  if (isHeld) return { businessId, untilMs: null };
  const deliveredAtMs = deliveredAtMsOf(updates);
  return deliveredAtMs === null ? null : { businessId, untilMs: deliveredAtMs + limit.windowMs };
}

/** The button a scripted tap presses; its payload is the one the send gave it, or its text. */
function quickReplyOf(simulation: Simulation, send: SendRequest, template: Template | undefined): { text: string; payload: string } | null {
  if (template === undefined) return null;
  const { buttons } = simulation.state.directory.shapeOf(template);
  const index = buttons.findIndex((button) => button.type === "QUICK_REPLY");
  const text = buttons[index]?.text;
  if (text === undefined) return null;
  const given = send.template?.components.find((component) => component.type === "button" && component.index === index)?.parameters[0];
  return { text, payload: typeof given?.["payload"] === "string" ? given["payload"] : text };
}
