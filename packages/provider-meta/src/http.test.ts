import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { aMessage, anAccount } from "@herald/provider/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fixture } from "./__fixtures__/fixtures.ts";
import { cutInBody, type GraphServer, json, startGraphServer } from "./__fixtures__/graph-server.ts";
import { createMetaProvider, type MetaProvider } from "./provider.ts";

const accepted = json(200, fixture("answers/accepted"));
const notAfterMs = 1000;
let nowMs: number;
let server: GraphServer;
let provider: MetaProvider;

beforeEach(async () => {
  nowMs = 0;
  server = await startGraphServer();
  provider = createMetaProvider({ baseUrl: server.baseUrl, monotonicMs: () => nowMs, totalTimeoutMs: 300 });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

/** A plain TCP server, for what is no HTTP. */
async function listen(onSocket: (socket: Socket) => void) {
  const tcp = createServer(onSocket).listen(0, "127.0.0.1");
  await once(tcp, "listening");
  return { address: `127.0.0.1:${(tcp.address() as AddressInfo).port}`, close: () => tcp.close() };
}

const send = () => provider.send(anAccount(), aMessage(), { notAfterMs });

test("a late window keeps its socket for the next message", async () => {
  nowMs = notAfterMs + 1;
  expect(await send()).toEqual({ kind: "not_started", cause: "too_late" });
  nowMs = 0;
  server.answerNext(accepted);
  expect(await send()).toMatchObject({ kind: "accepted" });
  expect(server.connectionCount()).toBe(1);
});

test("connections are warmed up without a byte, and then used", async () => {
  expect(await provider.warmUp(5)).toBe(5);
  await vi.waitFor(() => expect(server.connectionCount()).toBe(5));
  expect(server.bytesReceived()).toBe(0);
  server.answerNext(...Array.from({ length: 5 }, () => accepted));
  await Promise.all(Array.from({ length: 5 }, send));
  expect(server.connectionCount()).toBe(5);
});

test("warming up an unreachable provider answers that nothing stands ready", async () => {
  const address = server.baseUrl;
  await server.close();
  const unreachable = createMetaProvider({ baseUrl: address, monotonicMs: () => nowMs });
  expect(await unreachable.warmUp(3)).toBe(0);
  await unreachable.close();
  server = await startGraphServer();
});

test("an answer cut in the middle of its body is ambiguous", async () => {
  server.answerNext(cutInBody(fixture("answers/accepted")));
  expect(await send()).toMatchObject({ kind: "ambiguous", cause: "connection_lost" });
});

test("a server that speaks no HTTP leaves the message ambiguous", async () => {
  const babble = await listen((socket) => socket.once("data", () => socket.end("220 ready for mail\r\n")));
  const misled = createMetaProvider({ baseUrl: `http://${babble.address}`, monotonicMs: () => nowMs });
  expect(await misled.send(anAccount(), aMessage(), { notAfterMs })).toMatchObject({ kind: "ambiguous", cause: "unreadable_answer" });
  await misled.close();
  babble.close();
});

test.each([
  [{ connectTimeoutMs: 100, totalTimeoutMs: 10_000 }, "no_connection"],
  [{ connectTimeoutMs: 1000, totalTimeoutMs: 100 }, "too_late"],
] as const)("a handshake that never ends is not waited for beyond %o", async (limits, cause) => {
  const mute = await listen((socket) => socket.on("error", () => {}));
  const stuck = createMetaProvider({ baseUrl: `https://${mute.address}`, monotonicMs: () => nowMs, ...limits });
  expect(await stuck.send(anAccount(), aMessage(), { notAfterMs })).toEqual({ kind: "not_started", cause });
  await stuck.close();
  mute.close();
});

test("an answer without end is given up as unreadable", async () => {
  server.answerNext(json(200, "x".repeat(9 * 1024 * 1024)));
  expect(await send()).toMatchObject({ kind: "ambiguous", cause: "unreadable_answer" });
});

test("a Retry-After in seconds is honoured, any other form is not", async () => {
  const limited = fixture("answers/refused-130429");
  server.answerNext(json(429, limited, { "retry-after": "7" }), json(429, limited, { "retry-after": "Sat, 21 Nov 2026 10:00:00 GMT" }));
  expect(await send()).toMatchObject({ kind: "refused", class: "SOON", retryAfterMs: 7000 });
  expect(await send()).toMatchObject({ kind: "refused", class: "SOON", retryAfterMs: null });
});

test("law L3: a connection lost after the write is not opened again for the same message", async () => {
  server.answerNext((response) => void response.socket?.resetAndDestroy());
  expect(await send()).toMatchObject({ kind: "ambiguous", cause: "connection_lost" });
  expect(server.requests).toHaveLength(1);
  expect(server.connectionCount()).toBe(1);
});

test("a queued request whose window ends meanwhile is not written when its turn comes", async () => {
  const narrow = createMetaProvider({ baseUrl: server.baseUrl, monotonicMs: () => nowMs, maxConnections: 1 });
  server.answerNext((response, request) => {
    nowMs = notAfterMs + 1;
    accepted(response, request);
  });
  const outcomes = await Promise.all([1, 2].map(() => narrow.send(anAccount(), aMessage(), { notAfterMs })));
  expect(outcomes).toMatchObject([{ kind: "accepted" }, { kind: "not_started", cause: "too_late" }]);
  expect(server.requests).toHaveLength(1);
  await narrow.close();
});

test("a base URL with a path keeps it, and the version and the token stand where Meta wants them", async () => {
  const below = createMetaProvider({ baseUrl: `${server.baseUrl}/graph/`, graphVersion: "v27.0", monotonicMs: () => nowMs });
  server.answerNext(accepted);
  await below.send(anAccount(), aMessage(), { notAfterMs });
  expect(server.requests[0]).toMatchObject({
    method: "POST",
    path: "/graph/v27.0/106540352242922/messages",
    headers: { authorization: "Bearer a-token-of-nobody", "content-type": "application/json" },
  });
  await below.close();
});

test("close lets a request in flight come to its answer", async () => {
  let answer = () => {};
  const arrived = new Promise<void>((resolve) => {
    server.answerNext((response, request) => {
      answer = () => accepted(response, request);
      resolve();
    });
  });
  const outcome = send();
  await arrived;
  const closed = provider.close();
  answer();
  expect(await outcome).toMatchObject({ kind: "accepted" });
  await closed;
});
