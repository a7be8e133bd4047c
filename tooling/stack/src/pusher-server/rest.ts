import type { IncomingMessage } from "node:http";
import { type Channels, channelInfo } from "./channels.ts";
import { HttpError } from "./http-error.ts";
import { channelKind, codes, limits, type PusherApp } from "./protocol.ts";
import { checkEvent, type EventBody, publish, wantedInfo } from "./publish.ts";
import { hmacSha256, isSame, md5, requestToSign } from "./signature.ts";
import type { Sockets } from "./sockets.ts";

interface Parts {
  readonly app: PusherApp;
  readonly channels: Channels;
  readonly sockets: Sockets;
}

interface Call {
  readonly method: string;
  /** Path below /apps/{app_id}, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** Answers one request of the HTTP API: https://pusher.com/docs/channels/library_auth_reference/rest-api/ */
export async function answerRest(parts: Parts, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? "/", "http://pusher");
  if (url.pathname === "/health") return {};
  const raw = await readBody(request);
  const [root, appId, ...segments] = url.pathname.split("/").slice(1).map(decodeURIComponent);
  if (root !== "apps" || segments.length === 0) throw new HttpError(404, "Unknown resource");
  if (appId !== parts.app.appId) throw new HttpError(404, `Unknown app id: ${appId}`);
  const method = request.method ?? "GET";
  authenticate(parts.app, method, url, raw);
  return route(parts, { method, segments, query: url.searchParams, body: parseBody(raw) });
}

function authenticate(app: PusherApp, method: string, { pathname, searchParams }: URL, raw: Buffer): void {
  if (searchParams.get("auth_key") !== app.key) throw new HttpError(401, "Unknown auth_key");
  const skewSeconds = Math.abs(Date.now() / 1_000 - Number(searchParams.get("auth_timestamp") ?? Number.NaN));
  if (!(skewSeconds <= limits.clockSkewSeconds))
    throw new HttpError(401, `Timestamp expired: not within ${limits.clockSkewSeconds} s of server time`);
  if (raw.length > 0 && searchParams.get("body_md5") !== md5(raw)) throw new HttpError(401, "Invalid body_md5");
  const text = requestToSign(method, pathname, searchParams);
  if (!isSame(searchParams.get("auth_signature"), hmacSha256(app.secret, text))) {
    throw new HttpError(401, `Invalid signature: you should have sent HmacSHA256Hex(${JSON.stringify(text)}, your_secret_key)`);
  }
}

function route(parts: Parts, call: Call): unknown {
  const [resource, name, detail] = call.segments;
  const is = (method: string, expected: string, length: number) =>
    call.method === method && resource === expected && call.segments.length === length;
  if (is("POST", "events", 1)) return postEvent(parts, call.body as EventBody);
  if (is("POST", "batch_events", 1)) return postBatch(parts, call.body as { batch?: unknown });
  if (is("GET", "channels", 1)) return listChannels(parts, call.query);
  if (is("GET", "channels", 2) && name !== undefined) return describeChannel(parts, name, call.query);
  if (is("GET", "channels", 3) && name !== undefined && detail === "users") return listUsers(parts, name);
  if (is("POST", "users", 3) && name !== undefined && detail === "terminate_connections") return disconnectUser(parts, name);
  throw new HttpError(404, "Unknown resource");
}

function postEvent({ channels, sockets }: Parts, body: EventBody): unknown {
  const counts = publish(channels, sockets, checkEvent(body));
  return body.info === undefined ? {} : { channels: counts };
}

function postBatch({ channels, sockets }: Parts, { batch }: { batch?: unknown }): unknown {
  if (!Array.isArray(batch) || batch.length > limits.eventsPerBatch) {
    throw new HttpError(400, `Batch must be an array of at most ${limits.eventsPerBatch} events`);
  }
  const events = (batch as EventBody[]).map(checkEvent);
  const counts = events.map((event) => Object.values(publish(channels, sockets, event))[0]);
  return events.some((event) => event.info.length > 0) ? { batch: counts } : {};
}

function listChannels({ channels }: Parts, query: URLSearchParams): unknown {
  const prefix = query.get("filter_by_prefix") ?? "";
  const wanted = wantedInfo(query.get("info"));
  if (wanted.includes("user_count") && !prefix.startsWith("presence-")) {
    throw new HttpError(400, "user_count may only be requested with filter_by_prefix=presence-");
  }
  return { channels: Object.fromEntries(channels.names(prefix).map((name) => [name, channelInfo(channels, name, wanted)])) };
}

function describeChannel({ channels }: Parts, name: string, query: URLSearchParams): unknown {
  return { occupied: channels.subscribers(name).size > 0, ...channelInfo(channels, name, wantedInfo(query.get("info"))) };
}

function listUsers({ channels }: Parts, name: string): unknown {
  if (channelKind(name) !== "presence") throw new HttpError(400, "Users can only be retrieved for presence channels");
  return { users: channels.members(name).map((id) => ({ id })) };
}

function disconnectUser({ sockets }: Parts, userId: string): unknown {
  for (const client of sockets.ofUser(userId)) client.close(codes.unauthorised, "You got disconnected by the app.");
  return {};
}

function parseBody(raw: Buffer): unknown {
  if (raw.length === 0) return {};
  try {
    const body: unknown = JSON.parse(raw.toString("utf8"));
    if (typeof body === "object" && body !== null) return body;
  } catch {
    // answered below like any other body that is not an object
  }
  throw new HttpError(400, "The body must be a JSON object");
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limits.requestBytes) chunks.push(chunk);
  }
  if (length > limits.requestBytes) throw new HttpError(413, "Request body too large");
  return Buffer.concat(chunks);
}
