import { createHash, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ScriptRewriter } from "./commands.ts";
import { ConnectionPool } from "./connection.ts";
import { answerRest, type RestAnswer } from "./rest.ts";

export interface GatewayOptions {
  readonly port: number;
  readonly valkeyPort: number;
  /** Bearer token every request must carry. */
  readonly token: string;
  /** Upstash's limit on its free and pay-as-you-go plans is 10 MB. */
  readonly maxBodyBytes?: number;
}

const connections = 4;

/** Serves Upstash's REST interface on loopback. Resolves once it listens. */
export async function startGateway({ port, valkeyPort, token, maxBodyBytes = 10 * 1024 * 1024 }: GatewayOptions): Promise<Server> {
  const redis = { pool: new ConnectionPool(valkeyPort, connections), scripts: new ScriptRewriter() };
  const expected = digest(token);
  let answers = 0;

  async function respond(request: IncomingMessage): Promise<RestAnswer> {
    const url = new URL(request.url ?? "/", "http://gateway");
    if (!timingSafeEqual(digest(tokenOf(request, url)), expected)) {
      request.resume();
      return { status: 401, body: { error: "WRONGPASS invalid or missing auth token" } };
    }
    const body = await readBody(request, maxBodyBytes);
    if (body.length > maxBodyBytes) {
      return { status: 413, body: { error: `ERR max request size exceeded. Limit: ${maxBodyBytes} bytes, Actual: ${body.length} bytes` } };
    }
    return answerRest(redis, {
      segments: url.pathname
        .split("/")
        .filter((segment) => segment !== "")
        .map(decodeURIComponent),
      body: body.text,
      isBase64: String(request.headers["upstash-encoding"]).toLowerCase() === "base64",
    });
  }

  const server = createServer((request, response) => {
    respond(request).then(
      (answer) => send(response, answer, `local-${++answers}`),
      (error: Error) => send(response, { status: 500, body: { error: `ERR ${error.message}` } }, `local-${++answers}`),
    );
  });
  server.keepAliveTimeout = 65_000;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function send(response: ServerResponse, { status, body }: RestAnswer, syncToken: string): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), "upstash-sync-token": syncToken })
    .end(text);
}

function tokenOf(request: IncomingMessage, url: URL): string {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? url.searchParams.get("_token") ?? "";
}

/** Reads to the end, but keeps no more than the limit. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<{ text: string; length: number }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString("utf8"), length };
}

/** Hashed to one length, so that the comparison takes the same time whatever was sent. */
function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
