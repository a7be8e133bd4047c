import type { Template } from "../config/config.ts";
import type { SendRequest } from "../graph/request-rules.ts";
import type { PlannedUpdate } from "../webhooks/updates.ts";

/** One accepted message as its receiver's phone has it. Kept as it came: its text is worked out when somebody looks. */
export type PhoneMessage = {
  /** Grows by one with every message; a page asks for what came after the last it knows. */
  readonly no: number;
  readonly wamid: string;
  readonly phoneNumberId: string;
  readonly recipient: string;
  readonly atMs: number;
  readonly send: SendRequest;
  readonly template: Template | undefined;
  /** What the receiver will write back, once the webhook with it has left. */
  readonly reply: string | null;
};

const kept = 120;

/** The newest messages, for a page of phones. In memory and bounded: the books are elsewhere, and a restart begins with empty phones. */
export class PhoneWindow {
  readonly #messages: PhoneMessage[] = [];
  #lastNo = 0;

  note(message: Omit<PhoneMessage, "no" | "reply">, updates: readonly PlannedUpdate[]): void {
    this.#lastNo += 1;
    const reply = updates.find((update) => update.kind === "inbound");
    this.#messages.push({ ...message, no: this.#lastNo, reply: reply?.content.text ?? null });
    if (this.#messages.length > kept) this.#messages.shift();
  }

  get messages(): readonly PhoneMessage[] {
    return this.#messages;
  }
}
