import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Command, encodeCommand, RespError, RespReader, type RespValue } from "./resp.ts";

const connectTimeoutMs = 2_000;

type Waiter = (reply: RespValue) => void;

/** One connection with pipelining: replies come in the order of the commands. */
export class Connection {
  readonly #socket: Socket;
  readonly #waiters: Waiter[] = [];
  readonly #reader = new RespReader();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#failAll());
    socket.on("data", (chunk) => this.#read(chunk));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    await once(socket, "connect", { signal: AbortSignal.timeout(connectTimeoutMs) }).catch((error: Error) => {
      socket.destroy();
      throw error;
    });
    return new Connection(socket);
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /**
   * Sends commands in one write, so that nothing of another request can come between them (MULTI … EXEC).
   * Never rejects: a lost connection answers each command with an error, as a server would.
   */
  send(commands: readonly Command[]): Promise<RespValue[]> {
    const replies = commands.map(() => new Promise<RespValue>((resolve) => this.#waiters.push(resolve)));
    if (this.isOpen) this.#socket.write(Buffer.concat(commands.map(encodeCommand)));
    else this.#failAll();
    return Promise.all(replies);
  }

  #read(chunk: Buffer): void {
    try {
      for (const reply of this.#reader.push(chunk)) this.#waiters.shift()?.(reply);
    } catch {
      this.#socket.destroy();
    }
  }

  #failAll(): void {
    for (const waiter of this.#waiters.splice(0)) waiter(new RespError("ERR upstream connection closed"));
  }
}

/** A few connections used in turn; one that was lost is opened again by the next command that gets it. */
export class ConnectionPool {
  readonly #port: number;
  readonly #slots: (Promise<Connection> | undefined)[];
  #turn = 0;

  constructor(port: number, size: number) {
    this.#port = port;
    this.#slots = Array.from({ length: size });
  }

  async send(commands: readonly Command[]): Promise<RespValue[]> {
    return (await this.#next()).send(commands);
  }

  async #next(): Promise<Connection> {
    const slot = this.#turn++ % this.#slots.length;
    const current = await this.#slots[slot]?.catch(() => undefined);
    if (current?.isOpen) return current;
    const opening = Connection.open(this.#port);
    this.#slots[slot] = opening;
    return opening;
  }
}
