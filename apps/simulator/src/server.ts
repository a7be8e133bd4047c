import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerControl, type ControlContext } from "./control/router.ts";
import { type DoorAnswer, doorFailure } from "./door.ts";
import { type Answer, failure } from "./graph/answer.ts";
import { unknownPath } from "./graph/errors.ts";
import { answerGraph, isMessagesCall, unversioned } from "./graph/router.ts";
import { answerPhones, isPhonesPath, type PageAnswer } from "./phones/router.ts";
import { between } from "./random.ts";
import type { Simulation } from "./simulation.ts";
import { answerTruth } from "./truth/router.ts";

const maxBodyBytes = 64 * 1024 * 1024;
/** Longer than any client keeps an idle connection, so that a reset is always one that was scripted. */
const keepAliveMs = 65_000;

/** The one HTTP server: `/_control` and `/_truth` for tests, `/_phones` for people, everything else is the Graph API. */
export function createSimulatorServer(context: ControlContext): Server {
  const server = createServer((request, response) => void serve(context, request, response));
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = keepAliveMs + 1000;
  return server;
}

async function serve(context: ControlContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { simulation } = context;
  const url = URL.parse(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
  if (url === null) return sendAnswer(response, failure(unknownPath(request.url ?? "")));
  const method = request.method ?? "GET";
  const isDoor = url.pathname.startsWith("/_control/") || url.pathname.startsWith("/_truth/");
  if (isPhonesPath(url.pathname)) return sendPage(response, answerPhones(simulation, method, url.pathname));
  const raw = await readBody(request);
  if (raw === null) {
    if (!isDoor) simulation.answers.aborted += 1;
    response.destroy();
    return;
  }
  const body = parseJson(raw);
  if (isDoor) {
    const hasFault = body === undefined && raw.length > 0;
    const { status, body: answered } = hasFault ? doorFailure(400, "the body is not JSON") : await answerDoor(context, method, url, body);
    simulation.flushJournal();
    return sendJson(response, status, answered);
  }
  const path = unversioned(url.pathname);
  if (path === null) return sendAnswer(response, failure(unknownPath(url.pathname)));
  const answer = answerGraph(simulation, { method, path, url, headers: request.headers, body, atMs: simulation.nowMs() });
  if (isMessagesCall(method, path)) return sendLater(simulation, request, response, answer);
  simulation.flushJournal();
  sendAnswer(response, answer);
}

const answerDoor = (context: ControlContext, method: string, url: URL, body: unknown): DoorAnswer | Promise<DoorAnswer> =>
  url.pathname.startsWith("/_truth/")
    ? answerTruth(context.simulation, context.lag, method, url)
    : answerControl(context, method, url.pathname, body);

/** A send is answered after Meta's latency, and only once the journal holds what the answer says. */
function sendLater(simulation: Simulation, request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  simulation.answers.pending += 1;
  setTimeout(
    () => {
      simulation.answers.pending -= 1;
      simulation.flushJournal();
      if (request.socket.destroyed) simulation.answers.lost += 1;
      else if (answer.kind === "hang") hang(simulation, response, answer.hangMs);
      else if (answer.kind === "half_open") hang(simulation, response, null);
      else sendAnswer(response, answer);
    },
    latencyMsOf(simulation, answer),
  );
}

/** Uniform; for a share of requests much slower; or what the scenario wants for this recipient. */
function latencyMsOf(simulation: Simulation, answer: Answer): number {
  const { random, config } = simulation.state;
  const { slowShare, slow, ...usual } = config.latency;
  const isSlow = slowShare > 0 && random() < slowShare;
  return between(random, answer.latency ?? (isSlow ? slow : usual)) * config.timeScale;
}

/** Null keeps the connection until the client leaves it. */
function hang(simulation: Simulation, response: ServerResponse, hangMs: number | null): void {
  simulation.answers.hanging += 1;
  const timer = hangMs === null ? undefined : setTimeout(() => response.destroy(), hangMs);
  response.once("close", () => {
    clearTimeout(timer);
    simulation.answers.hanging -= 1;
  });
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case "json":
      return sendJson(response, answer.status, answer.body);
    case "server_error":
      return sendServerError(response, answer.status, answer.body);
    case "cut":
    case "hang":
    case "half_open":
      response.destroy();
      return;
  }
}

/** What stands between Graph and the client fails: a proxy's page, nothing at all, or JSON that is not Graph's. */
function sendServerError(response: ServerResponse, status: number, body: "html" | "empty" | "json"): void {
  if (body === "json") return sendJson(response, status, { message: "Internal Server Error" });
  const page = body === "html" ? `<html><body><h1>${status} Internal Server Error</h1></body></html>` : "";
  response.writeHead(status, { "content-type": "text/html" }).end(page);
}

function sendPage(response: ServerResponse, { status, contentType, body }: PageAnswer): void {
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" }).end(body);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8", "content-length": bytes.length }).end(bytes);
}

/** The whole body, or null when the client left in the middle of it or sent more than is ever needed. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size > maxBodyBytes) resolve(null);
      else parts.push(part);
    });
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}
