import { redactText } from "@herald/kernel";
import type { Ambiguous, NotStarted } from "@herald/provider";
import { type Dispatcher, errors, Pool } from "undici";

export type HttpRequest = {
  readonly method: "GET" | "POST";
  /** Path and query below the base URL, beginning with `/`. */
  readonly path: string;
  readonly accessToken: string;
  readonly body?: string;
  /** Monotonic milliseconds; the head is not written later than this. */
  readonly notAfterMs: number;
};

/** A whole HTTP response. Whether its body can be read is for the caller to find out. */
export type HttpAnswer = {
  readonly kind: "answered";
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly body: string;
};

export type GraphHttp = {
  /** One request, no retry. Never rejects: what did not become an answer says whether a byte was written. */
  readonly exchange: (request: HttpRequest) => Promise<HttpAnswer | Ambiguous | NotStarted>;
  readonly warmUp: (connections: number) => Promise<number>;
  readonly close: () => Promise<void>;
};

export type GraphHttpConfig = {
  readonly baseUrl: string;
  readonly monotonicMs: () => number;
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
  readonly totalTimeoutMs: number;
};

/** A socket that idled this long may be half closed on the far side, and a request lost on it would be ambiguous. */
const maxIdleMs = 4000;
const maxAnswerBytes = 8 * 1024 * 1024;

class NotBegun extends Error {}
class AnswerTimeout extends Error {}

/** A pool of HTTP/1.1 connections to one origin, one request at a time on each. */
export function createGraphHttp(config: GraphHttpConfig): GraphHttp {
  const base = new URL(config.baseUrl);
  const basePath = base.pathname.replace(/\/+$/, "");
  const pool = new Pool(base.origin, {
    connections: config.maxConnections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: config.connectTimeoutMs },
    keepAliveTimeout: maxIdleMs,
    keepAliveMaxTimeout: maxIdleMs,
    // The exchange has one limit of its own for the whole; two more would only make the cause unclear.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxAnswerBytes,
  });

  let closed: Promise<void> | undefined;
  return {
    exchange: (request) =>
      new Promise((settle) => {
        const headers = {
          authorization: `Bearer ${request.accessToken}`,
          ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        };
        const mayBegin = () => config.monotonicMs() <= request.notAfterMs;
        pool.dispatch(
          { method: request.method, path: basePath + request.path, headers, body: request.body ?? null },
          new Exchange(mayBegin, config.totalTimeoutMs, settle),
        );
      }),
    warmUp: async (connections) => {
      const wanted = Math.min(connections, config.maxConnections);
      const opened = await Promise.all(Array.from({ length: wanted }, () => openConnection(pool)));
      return opened.filter(Boolean).length;
    },
    close: () => {
      closed ??= pool.close();
      return closed;
    },
  };
}

/** One request and what became of it. `onRequestStart` runs on a connected socket just before the head is written: the last point where the window can be checked. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #mayBegin: () => boolean;
  readonly #settle: (end: HttpAnswer | Ambiguous | NotStarted) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #started: Dispatcher.DispatchController | null = null;
  #isSettled = false;
  #status = 0;
  #retryAfterMs: number | null = null;

  constructor(mayBegin: () => boolean, totalTimeoutMs: number, settle: (end: HttpAnswer | Ambiguous | NotStarted) => void) {
    this.#mayBegin = mayBegin;
    this.#settle = settle;
    // One turn later: an answer that arrived while this process stood still is read before it is given up.
    this.#timer = setTimeout(() => setImmediate(() => this.#expire()), totalTimeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Throwing keeps the socket and writes nothing. A second start would be a resend, so it never writes either (law L3).
    if (this.#started || this.#isSettled || !this.#mayBegin()) throw new NotBegun();
    this.#started = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#retryAfterMs = readRetryAfter(headers["retry-after"]);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks).toString("utf8");
    this.#end({ kind: "answered", status: this.#status, retryAfterMs: this.#retryAfterMs, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#end(this.#started ? lost(error) : notStarted(error));
  }

  #expire(): void {
    if (this.#isSettled) return;
    if (this.#started) this.#started.abort(new AnswerTimeout("no answer in time"));
    else this.#end({ kind: "not_started", cause: "too_late" });
  }

  #end(end: HttpAnswer | Ambiguous | NotStarted): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#settle(end);
  }
}

function lost(error: Error): Ambiguous {
  if (error instanceof AnswerTimeout) return { kind: "ambiguous", cause: "timeout", detail: error.message };
  const cause =
    error instanceof errors.ResponseExceededMaxSizeError || error instanceof errors.HTTPParserError
      ? "unreadable_answer"
      : "connection_lost";
  return { kind: "ambiguous", cause, detail: redactText(error.message) };
}

function notStarted(error: Error): NotStarted {
  if (error instanceof NotBegun) return { kind: "not_started", cause: "too_late" };
  const isClosing = error instanceof errors.ClientClosedError || error instanceof errors.ClientDestroyedError;
  return { kind: "not_started", cause: isClosing ? "cancelled" : "no_connection" };
}

/** Meta documents no Retry-After; one that is there is honoured when it is a plain count of seconds. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  return typeof header === "string" && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null;
}

/** Brings up a connection by a request that declines to be written, so it waits idle for the first real one. */
function openConnection(pool: Pool): Promise<boolean> {
  return new Promise((settle) => {
    pool.dispatch(
      { method: "GET", path: "/" },
      {
        onRequestStart() {
          throw new NotBegun();
        },
        onResponseStart() {},
        onResponseData() {},
        onResponseEnd() {},
        onResponseError: (_controller, error) => settle(error instanceof NotBegun),
      },
    );
  });
}
