import type { Simulation } from "../simulation.ts";
import { statusesIn } from "../truth/truth.ts";
import { type PhoneText, phoneTextOf } from "./phone-text.ts";

export type PhoneView = PhoneText & {
  readonly no: number;
  readonly wamid: string;
  readonly recipient: string;
  /** Name of the business, as the chat's head shows it. */
  readonly from: string;
  readonly atMs: number;
  /** What the product has been told of it: accepted, sent, delivered, read or failed. */
  readonly status: string;
  readonly reply: string | null;
};

/** The newest messages, newest first, each as its phone shows it now. */
export const phoneViews = ({ phones, state }: Simulation): readonly PhoneView[] =>
  phones.messages.toReversed().map(({ no, wamid, phoneNumberId, recipient, atMs, send, template, reply }) => {
    const told = state.truth.sendOf(wamid);
    const statuses = told === undefined ? [] : statusesIn(told.emitted);
    const number = state.directory.number(phoneNumberId);
    return {
      no,
      wamid,
      recipient,
      from: number?.verifiedName || number?.displayPhoneNumber || phoneNumberId,
      atMs,
      status: ["failed", "read", "delivered", "sent"].find((status) => statuses.some((each) => each === status)) ?? "accepted",
      reply: (told?.repliesEmitted ?? 0) > 0 ? reply : null,
      ...phoneTextOf(send, template),
    };
  });
