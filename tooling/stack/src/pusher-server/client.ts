import type { WebSocket } from "ws";

/** One browser (or other) connection. */
export class Client {
  readonly id: string;
  /** Channels it is subscribed to, with the user id on presence channels. */
  readonly subscriptions = new Map<string, string | undefined>();
  /** Set by a sign-in. */
  userId: string | undefined;
  lastSeenMs = Date.now();
  pingedAtMs: number | undefined;
  readonly #socket: WebSocket;
  #window = { second: 0, events: 0 };

  constructor(id: string, socket: WebSocket) {
    this.id = id;
    this.#socket = socket;
  }

  /** Sends an event; the protocol carries its data as a JSON string inside the JSON frame. */
  send(event: string, data: unknown, channel?: string, extra: Readonly<Record<string, unknown>> = {}): void {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    this.#write({ event, ...(channel === undefined ? {} : { channel }), ...(text === undefined ? {} : { data: text }), ...extra });
  }

  /** Sends an event whose data stays an object: errors, and what another client sent. */
  sendRaw(event: string, data: unknown, channel?: string): void {
    this.#write({ event, ...(channel === undefined ? {} : { channel }), data });
  }

  error(code: number | null, message: string): void {
    this.sendRaw("pusher:error", { code, message });
  }

  /** Tells why and closes. */
  close(code: number, message: string): void {
    this.error(code, message);
    this.#socket.close(code, message);
  }

  /** Drops the connection without a word, as a network failure would. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Counts a client event; false when it is one too many in this second. */
  mayPublish(limitPerSecond: number): boolean {
    const second = Math.floor(Date.now() / 1_000);
    if (this.#window.second !== second) this.#window = { second, events: 0 };
    this.#window.events++;
    return this.#window.events <= limitPerSecond;
  }

  #write(frame: Readonly<Record<string, unknown>>): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
