import { setTimeout as sleep } from "node:timers/promises";
import type { PusherApp } from "./protocol.ts";
import { hmacSha256 } from "./signature.ts";

export interface WebhookEvent {
  readonly name: string;
  readonly channel: string;
  readonly [property: string]: unknown;
}

const tries = 3;
const timeoutMs = 5_000;

/** Reports events to a URL, signed, in order, one by one. Without a URL nothing is sent. */
export class Webhooks {
  readonly #app: PusherApp;
  readonly #url: string | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(app: PusherApp, url: string | undefined) {
    this.#app = app;
    this.#url = url;
  }

  notify(event: WebhookEvent): void {
    const url = this.#url;
    if (url === undefined) return;
    const body = JSON.stringify({ time_ms: Date.now(), events: [event] });
    this.#queue = this.#queue.then(() => this.#deliver(url, body));
  }

  async #deliver(url: string, body: string): Promise<void> {
    const headers = {
      "content-type": "application/json",
      "x-pusher-key": this.#app.key,
      "x-pusher-signature": hmacSha256(this.#app.secret, body),
    };
    for (let attempt = 0; attempt < tries; attempt++) {
      const answer = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(200 * 2 ** attempt);
    }
  }
}
