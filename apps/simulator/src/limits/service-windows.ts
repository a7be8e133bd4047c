const windowMs = 24 * 60 * 60 * 1000;

/**
 * Customer service windows: free-form messages may go to a user for 24 hours after that user's last message to the number.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export class ServiceWindows {
  readonly #lastInboundMs = new Map<string, number>();

  noteInbound(phoneNumberId: string, userId: string, atMs: number): void {
    const key = `${phoneNumberId} ${userId}`;
    this.#lastInboundMs.set(key, Math.max(atMs, this.#lastInboundMs.get(key) ?? 0));
  }

  isOpen(phoneNumberId: string, userId: string, atMs: number): boolean {
    const last = this.#lastInboundMs.get(`${phoneNumberId} ${userId}`);
    return last !== undefined && atMs - last < windowMs;
  }
}
