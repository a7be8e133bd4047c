import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** A Graph API of one test: every request is recorded whole, then met by the next scripted answer. */
export type GraphServer = {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  readonly answerNext: (...answers: Answer[]) => void;
  readonly connectionCount: () => number;
  readonly bytesReceived: () => number;
  readonly close: () => Promise<void>;
};

export const json =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
export const hang: Answer = () => {};
export const cut: Answer = (response) => void response.destroy();
/** Promises more bytes than it sends, then cuts. */
export const cutInBody =
  (body: string): Answer =>
  (response) =>
    void response.writeHead(200, { "content-length": String(body.length + 1) }).write(body, () => response.destroy());

export async function startGraphServer(): Promise<GraphServer> {
  const requests: SeenRequest[] = [];
  const answers: Answer[] = [];
  const sockets = new Set<{ readonly bytesRead: number }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const seen = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      requests.push(seen);
      const answer = answers.shift() ?? json(500, JSON.stringify({ error: { code: 999999, message: "no answer was scripted" } }));
      answer(response, seen);
    });
  });
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerNext: (...next) => void answers.push(...next),
    connectionCount: () => sockets.size,
    bytesReceived: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
