import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FaultProxy, openFaultProxy } from "./fault-proxy.ts";

let echo: Server;
let proxy: FaultProxy;
beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await openFaultProxy();
  const address = echo.address();
  if (address !== null && typeof address === "object") proxy.leadTo("127.0.0.1", address.port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function call(): Promise<Socket> {
  const socket = connect(proxy.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}
async function heard(socket: Socket): Promise<string> {
  const [piece] = (await once(socket, "data")) as [Buffer];
  return piece.toString();
}
const silence = (socket: Socket, forMs: number): Promise<string> =>
  Promise.race([heard(socket), new Promise<string>((resolve) => setTimeout(() => resolve("silence"), forMs))]);

test("a whole line passes everything on", async () => {
  const socket = await call();
  socket.write("one");
  expect(await heard(socket)).toBe("one");
  socket.destroy();
});

test("a half-open line keeps the connection and delivers what it held back, in order, once it is whole", async () => {
  const socket = await call();
  proxy.break("half-open");
  socket.write("two,");
  socket.write("three");
  expect(await silence(socket, 100)).toBe("silence");
  expect(socket.destroyed).toBe(false);
  const answer = heard(socket);
  proxy.heal("deliver");
  expect(await answer).toMatch(/^two,/);
  socket.destroy();
});

test("a half-open line may turn out dead: the old connection is reset, a new one works", async () => {
  const socket = await call();
  const broken = once(socket, "error");
  proxy.break("half-open");
  proxy.heal("reset");
  expect(String(await broken)).toContain("ECONNRESET");
  const next = await call();
  next.write("again");
  expect(await heard(next)).toBe("again");
  next.destroy();
});

test("a cut resets the connections there are and those that try", async () => {
  const socket = await call();
  const broken = once(socket, "error");
  proxy.break("cut");
  expect(String(await broken)).toContain("ECONNRESET");
  const next = connect(proxy.port, "127.0.0.1");
  await once(next, "error");
  proxy.heal("deliver");
});

test("a slow line delays each direction", async () => {
  const socket = await call();
  proxy.break("slow", 60);
  const startedMs = performance.now();
  socket.write("late");
  expect(await heard(socket)).toBe("late");
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(115);
  socket.destroy();
});
