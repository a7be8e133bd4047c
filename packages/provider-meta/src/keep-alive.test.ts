import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { aMessage, anAccount } from "@herald/provider/testing";
import { afterEach, expect, test } from "vitest";
import { createMetaProvider, type MetaProvider } from "./provider.ts";

/** A Graph API in a thread of its own: it goes on answering while this one stands still. It tells each new connection. */
const serverCode = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:http").createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "keep-alive": "timeout=60" }).end('{"messages":[{"id":"wamid.kept"}]}'));
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", () => parentPort.postMessage("connection"));
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

let worker: Worker | undefined;
let provider: MetaProvider | undefined;
afterEach(async () => {
  await provider?.close();
  await worker?.terminate();
});

async function start(totalTimeoutMs: number) {
  worker = new Worker(serverCode, { eval: true });
  const [port] = (await once(worker, "message")) as [number];
  let connections = 0;
  worker.on("message", () => {
    connections += 1;
  });
  const created = createMetaProvider({ baseUrl: `http://127.0.0.1:${port}`, monotonicMs: () => performance.now(), totalTimeoutMs });
  provider = created;
  const send = () => created.send(anAccount(), aMessage(), { notAfterMs: performance.now() + 5000 });
  return { send, connectionCount: () => connections };
}

/** Blocks this thread as a stalled process would be. */
const standStill = (durationMs: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);

/** The pool frees a connection one turn after its answer. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("an answer that arrived while the process stood still is read, not given up", async () => {
  const { send } = await start(300);
  expect(await send()).toMatchObject({ kind: "accepted" });
  const outcome = send();
  await nextTurn();
  await nextTurn();
  standStill(600);
  expect(await outcome).toMatchObject({ kind: "accepted" });
});

test("a socket that idled for 4 s is not used again, though the server would keep it for 60", { timeout: 15_000 }, async () => {
  const { send, connectionCount } = await start(20_000);
  await send();
  await nextTurn();
  await send();
  await nextTurn();
  expect(connectionCount()).toBe(1);
  standStill(4100);
  expect(await send()).toMatchObject({ kind: "accepted" });
  expect(connectionCount()).toBe(2);
});
