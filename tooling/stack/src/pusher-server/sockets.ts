import { randomInt } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { Client } from "./client.ts";
import { type Hub, onMessage } from "./messages.ts";
import { codes, limits } from "./protocol.ts";

/** Silence after which the server asks, and after which it gives up, in seconds. */
const activityTimeoutSeconds = 120;
const pongTimeoutSeconds = 30;
const heartbeatMs = 5_000;

/** The WebSocket side: connections by their socket id. */
export class Sockets {
  readonly clients = new Map<string, Client>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 10 * limits.eventDataBytes });
  readonly #hub: Hub;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(hub: Hub) {
    this.#hub = hub;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs).unref();
  }

  upgrade(request: IncomingMessage, socket: IncomingMessage["socket"], head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket, request));
  }

  /** Every connection a signed-in user has. */
  ofUser(userId: string): Client[] {
    return [...this.clients.values()].filter((client) => client.userId === userId);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const client of this.clients.values()) client.drop();
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    const client = new Client(`${randomInt(1, 2 ** 31)}.${randomInt(1, 2 ** 31)}`, socket);
    socket.on("error", () => socket.terminate());
    const refusal = this.#refusal(new URL(request.url ?? "/", "http://pusher"));
    if (refusal) return client.close(refusal.code, refusal.message);
    this.clients.set(client.id, client);
    socket.on("message", (data) => {
      client.lastSeenMs = Date.now();
      client.pingedAtMs = undefined;
      onMessage(this.#hub, client, (data as Buffer).toString("utf8")); // one Buffer per message is the default of `ws`
    });
    socket.on("close", () => {
      for (const name of client.subscriptions.keys()) this.#hub.channels.unsubscribe(client, name);
      this.clients.delete(client.id);
    });
    client.send("pusher:connection_established", { socket_id: client.id, activity_timeout: activityTimeoutSeconds });
  }

  #refusal(url: URL): { code: number; message: string } | undefined {
    const key = url.pathname.slice("/app/".length);
    if (url.pathname !== `/app/${this.#hub.app.key}`) return { code: codes.unknownApp, message: `App key ${key} does not exist` };
    const protocol = url.searchParams.get("protocol");
    if (protocol === null) return { code: codes.noProtocolVersion, message: "No protocol version supplied" };
    if (!["5", "6", "7"].includes(protocol)) return { code: codes.badProtocolVersion, message: "Unsupported protocol version" };
    return undefined;
  }

  #beat(): void {
    const nowMs = Date.now();
    for (const client of this.clients.values()) {
      if (client.pingedAtMs !== undefined && nowMs - client.pingedAtMs > pongTimeoutSeconds * 1_000) {
        client.close(codes.pongMissing, "Pong reply not received");
      } else if (client.pingedAtMs === undefined && nowMs - client.lastSeenMs > activityTimeoutSeconds * 1_000) {
        client.pingedAtMs = nowMs;
        client.send("pusher:ping", {});
      }
    }
  }
}
