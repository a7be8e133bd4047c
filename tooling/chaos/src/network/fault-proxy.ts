import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** `half-open`: both ends keep their sockets and nothing passes. `cut`: every connection is reset, and no new one comes about. */
export type LineState = "whole" | "cut" | "half-open" | "slow";
export type Heal = "deliver" | "reset";

export type FaultProxy = {
  readonly port: number;
  /** Where new connections lead. */
  readonly leadTo: (host: string, port: number) => void;
  /** `slowMs`: how much later each piece arrives, in each direction. */
  readonly break: (how: Exclude<LineState, "whole">, slowMs?: number) => void;
  /** After a half-open line: what was held back arrives now, or the old connections turn out to be dead. */
  readonly heal: (how: Heal) => void;
  readonly close: () => Promise<void>;
};

/** One direction of one connection: pieces leave in the order they came, each not before its time. */
class Pipe {
  readonly #to: Socket;
  #waiting: { readonly piece: Buffer | null; readonly dueMs: number }[] = [];
  #isHeld = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(to: Socket) {
    this.#to = to;
  }

  /** Null: the other end has nothing more to say. */
  push(piece: Buffer | null, delayMs: number): void {
    this.#waiting.push({ piece, dueMs: performance.now() + delayMs });
    this.#flush();
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#flush();
  }

  #flush(): void {
    if (this.#isHeld || this.#timer !== null) return;
    while (this.#waiting[0] && this.#waiting[0].dueMs <= performance.now()) {
      const first = this.#waiting.shift();
      if (first?.piece) this.#to.write(first.piece);
      else this.#to.end();
    }
    const next = this.#waiting[0];
    if (!next) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#flush();
      },
      Math.max(1, next.dueMs - performance.now()),
    );
  }
}

type Line = { readonly sockets: readonly Socket[]; readonly pipes: readonly Pipe[] };

/** A line of our own between a process and what it calls, on a free port of the loopback address. `onSent` sees what the caller wrote, when it wrote it. */
export async function openFaultProxy(onSent?: (connection: object, piece: Buffer) => void): Promise<FaultProxy> {
  const lines = new Set<Line>();
  let upstream = { host: "127.0.0.1", port: 0 };
  let state: LineState = "whole";
  let delayMs = 0;
  const server = createServer({ allowHalfOpen: true }, (caller) => {
    if (state === "cut") return void caller.resetAndDestroy();
    const called = connect({ ...upstream, allowHalfOpen: true });
    const line: Line = { sockets: [caller, called], pipes: [new Pipe(called), new Pipe(caller)] };
    const [there, back] = line.pipes as [Pipe, Pipe];
    if (state === "half-open") for (const pipe of line.pipes) pipe.hold(true);
    lines.add(line);
    caller.setNoDelay(true);
    called.setNoDelay(true);
    caller.on("data", (piece) => {
      onSent?.(caller, piece);
      there.push(piece, delayMs);
    });
    called.on("data", (piece) => back.push(piece, delayMs));
    caller.on("end", () => there.push(null, delayMs));
    called.on("end", () => back.push(null, delayMs));
    for (const [socket, other] of [
      [caller, called],
      [called, caller],
    ] as const) {
      // an abrupt end crosses a whole line at once and a silent one not at all
      socket.on("error", () => (state === "half-open" ? undefined : void other.resetAndDestroy()));
      socket.on("close", () => {
        if (caller.destroyed && called.destroyed) lines.delete(line);
        else if (state !== "half-open" && socket.errored) other.resetAndDestroy();
      });
    }
  });
  const resetAll = (): void => {
    for (const line of lines) for (const socket of line.sockets) socket.resetAndDestroy();
    lines.clear();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    leadTo(host, port) {
      upstream = { host, port };
    },
    break(how, slowMs = 0) {
      state = how;
      delayMs = how === "slow" ? slowMs : 0;
      if (how === "cut") resetAll();
      for (const { pipes } of lines) for (const pipe of pipes) pipe.hold(how === "half-open");
    },
    heal(how) {
      const wasHalfOpen = state === "half-open";
      state = "whole";
      delayMs = 0;
      if (wasHalfOpen && how === "reset") resetAll();
      for (const { pipes, sockets } of lines) {
        for (const pipe of pipes) pipe.hold(false);
        const gone = sockets.find((socket) => socket.destroyed);
        // what the dead end had sent is on its way; its peer hears of the end after that
        if (gone) for (const socket of sockets) if (socket !== gone) socket.end();
      }
    },
    async close() {
      server.close();
      resetAll();
      await once(server, "close");
    },
  };
}
