import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Channels } from "./channels.ts";
import { HttpError } from "./http-error.ts";
import type { PusherApp } from "./protocol.ts";
import { answerRest } from "./rest.ts";
import { Sockets } from "./sockets.ts";
import { Webhooks } from "./webhooks.ts";

export interface PusherOptions extends PusherApp {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where channel events are reported; nowhere without it. */
  readonly webhookUrl?: string;
}

export interface PusherServer {
  readonly port: number;
  /** Drops every client as a network failure would; they reconnect. */
  dropClients(): void;
  close(): Promise<void>;
}

/** Serves the Pusher Channels protocol (WebSocket and HTTP API) on loopback. */
export async function startPusherServer({ port, webhookUrl, ...app }: PusherOptions): Promise<PusherServer> {
  const webhooks = new Webhooks(app, webhookUrl);
  const channels = new Channels((event) => webhooks.notify(event));
  const sockets = new Sockets({ app, channels, webhooks });
  const server = createServer((request, response) => {
    const send = (status: number, type: string, text: string) => response.writeHead(status, { "content-type": type }).end(text);
    answerRest({ app, channels, sockets }, request).then(
      (body) => send(200, "application/json", JSON.stringify(body)),
      (error: Error) =>
        error instanceof HttpError ? send(error.status, "text/plain", error.message) : send(500, "text/plain", "Internal error"),
    );
  });
  server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket as typeof request.socket, head));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    dropClients() {
      for (const client of sockets.clients.values()) client.drop();
    },
    async close() {
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
