import type { BusinessNumber } from "../config/config.ts";
import type { Simulation } from "../simulation.ts";
import { inboundWamid } from "../wamid.ts";
import { preferenceNotice } from "../webhooks/notices.ts";
import type { InboundUpdate, NoticeUpdate } from "../webhooks/updates.ts";
import { phoneAddressee } from "./address.ts";
import { shownIdentity } from "./identity.ts";
import { profileNameOf } from "./profile.ts";

/** What somebody writes to a business number: text, or a tap on a button of the message `contextWamid`. */
export type Writing = {
  /** E.164 with `+`. */
  readonly from: string;
  readonly text?: string | undefined;
  readonly button?: { readonly text: string; readonly payload: string } | undefined;
  readonly contextWamid?: string | undefined;
};

/** An inbound message due now. */
export function inboundUpdateOf(simulation: Simulation, number: BusinessNumber, writing: Writing): InboundUpdate {
  const { directory, config } = simulation.state;
  const { waId, userId } = phoneAddressee(directory.businessIdOf(number), writing.from, config.people);
  const atMs = Math.floor(simulation.nowMs());
  return {
    kind: "inbound",
    updateId: simulation.nextUpdateId(),
    wamid: inboundWamid(waId ?? userId),
    phoneNumberId: number.phoneNumberId,
    waId,
    userId,
    content: writing.button === undefined ? { type: "text", text: writing.text ?? "" } : { type: "button", ...writing.button },
    contextWamid: writing.contextWamid ?? null,
    scriptedFor: null,
    occurredAtMs: atMs,
    dueAtMs: atMs,
    isDuplicate: false,
  };
}

/** Somebody stops or resumes marketing in WhatsApp's own menu, now. */
export function preferenceUpdateOf(simulation: Simulation, number: BusinessNumber, from: string, value: "stop" | "resume"): NoticeUpdate {
  const { directory, config } = simulation.state;
  const { waId, userId } = phoneAddressee(directory.businessIdOf(number), from, config.people);
  const atMs = Math.floor(simulation.nowMs());
  const person = { ...shownIdentity(config, waId, userId), name: profileNameOf(userId) };
  return {
    kind: "notice",
    updateId: simulation.nextUpdateId(),
    wabaId: number.wabaId,
    ...preferenceNotice(number, person, value, atMs),
    scriptedFor: null,
    occurredAtMs: atMs,
    dueAtMs: atMs,
    isDuplicate: false,
  };
}
