import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Client, clientOf, demo, until } from "./testing/client.ts";
import { type Receiver, startReceiver } from "./testing/receiver.ts";

let dataDir: string;
let receiver: Receiver;
const running: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "herald-simulator-"));
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  await receiver.close();
  rmSync(dataDir, { recursive: true });
});

/** Starts the program itself, as `start` and the chaos runs do. */
async function startProgram(...flags: string[]): Promise<{ child: ChildProcess; client: Client }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "--port", "0", "--data", dataDir, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const ready = JSON.parse(line) as { ready: boolean; port: number };
  expect(ready).toEqual({ ready: true, port: expect.any(Number) });
  return { child, client: clientOf(`http://127.0.0.1:${ready.port}`) };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  return ((await exited) as [number | null])[0];
}

const configured = (client: Client) => client.configure({ ...demo.config, webhook: { ...demo.config.webhook, url: receiver.url } });

it("a kill -9 loses neither an answered acceptance, nor the configuration, nor a webhook", async () => {
  receiver.state.statusOf = () => 503;
  const first = await startProgram();
  await configured(first.client);
  await first.client.script(
    { to: ["+16505551000"], answer: { kind: "refuse", code: 131009 } },
    { receipts: { kind: "read" }, reply: { kind: "text", text: "hi" } },
  );
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => first.client.send(`+1650555${1000 + index}`, `c${index}`)));
  await until("webhooks were tried", () => receiver.posts.length > 0);
  const before = await first.client.summary();
  await stop(first.child, "SIGKILL");

  receiver.posts.length = 0;
  receiver.state.statusOf = () => 200;
  const second = await startProgram();
  await second.client.idle(20_000);
  const after = await second.client.summary();
  expect(after.totals).toEqual({ ...before.totals, answersLost: 0, aborted: 0 });
  expect(after).toMatchObject({
    totals: { requests: 200, accepted: 199, refused: 1 },
    refusedByCode: { 131009: 1 },
    receipts: { acknowledged: { sent: 199, delivered: 199, read: 199, failed: 0 } },
    replies: { acknowledged: 199 },
  });
  const told = new Set(receiver.statuses().map((status) => status.id));
  expect(answers.filter((answer) => answer.status === 200).every((answer) => told.has(answer.body.messages[0]?.id ?? ""))).toBe(true);
  expect((await second.client.send("+16505551999", "c999")).status).toBe(200);
});

it("what was acknowledged before a restart is not told again, and counts as before", async () => {
  const first = await startProgram();
  await configured(first.client);
  await first.client.script({ receipts: { kind: "delivered" }, reply: { kind: "button" } });
  await first.client.send("+16505551234", "c1");
  await first.client.idle();
  const before = await first.client.summary();
  expect(await stop(first.child, "SIGTERM")).toBe(0);

  receiver.posts.length = 0;
  const second = await startProgram();
  const after = await second.client.summary();
  expect([after.receipts, after.replies, after.totals, after.maxRequestsPerSlidingSecond]).toEqual([
    before.receipts,
    before.replies,
    before.totals,
    before.maxRequestsPerSlidingSecond,
  ]);
  expect(after.queueEmpty).toBe(true);
  expect(receiver.posts).toEqual([]);
  expect((await second.client.message("c1"))?.accepted[0]).toMatchObject({
    receiptsAcknowledged: ["sent", "delivered"],
    repliesAcknowledged: 1,
  });
  expect((await second.client.post({ messaging_product: "whatsapp", to: "+16505551234", type: "text", text: { body: "hi" } })).status).toBe(
    200,
  );
  await second.client.idle();
  expect((await second.client.summary()).failedByCode).toEqual({});
});

it("a line that a kill left half-written is cut off, and the journal goes on after it", async () => {
  const first = await startProgram();
  await configured(first.client);
  await first.client.send("+16505551234", "c1");
  await stop(first.child, "SIGKILL");
  appendFileSync(join(dataDir, "journal.ndjson"), '{"event":"accepted","atMs":17');

  const second = await startProgram();
  expect((await second.client.summary()).totals.accepted).toBe(1);
  await second.client.send("+16505551235", "c2");
  await stop(second.child, "SIGTERM");
  const lines = readFileSync(join(dataDir, "journal.ndjson"), "utf8").trimEnd().split("\n");
  expect(lines.every((line) => typeof JSON.parse(line) === "object")).toBe(true);
});

it("a reset also forgets what the journal held", async () => {
  const first = await startProgram();
  await configured(first.client);
  await first.client.send("+16505551234", "c1");
  await first.client.idle();
  await first.client.control("POST", "reset");
  await stop(first.child, "SIGKILL");
  const second = await startProgram();
  expect((await second.client.summary()).totals.requests).toBe(0);
  expect((await second.client.send("+16505551234", "c1")).status).toBe(200);
});

it("held receipts, steps to come and what an action changed outlive a kill -9", async () => {
  const first = await startProgram("--scenario", "waba-payment");
  await configured(first.client);
  await first.client.control("POST", "receipts/hold", {});
  await first.client.control("POST", "actions", { do: "payment_problem", how: "refuse" });
  await first.client.control("POST", "actions", { do: "payment_solved", when: { requests: 1 } });
  await stop(first.child, "SIGKILL");

  const second = await startProgram("--scenario", "waba-payment");
  expect((await second.client.send("+16505551000", "c0")).status).toBe(400);
  for (let index = 1; index <= 10; index += 1) expect((await second.client.send(`+165055510${index + 10}`, `c${index}`)).status).toBe(200);
  await second.client.send("+16505551099", "c99");
  const { failedCode } = (await second.client.message("c99"))?.accepted[0] ?? {};
  expect(failedCode).toBe(131042);
  expect(receiver.statuses()).toEqual([]);
  expect((await second.client.summary()).queue.holding).toBe(true);
  await second.client.control("POST", "receipts/release", {});
  await second.client.idle(20_000);
  expect((await second.client.summary()).receipts.acknowledged.sent).toBe(10);
});

it("stops by the control door with exit code 0, and refuses a wrong setting with its name", async () => {
  const { child, client } = await startProgram();
  const exited = once(child, "exit");
  await client.control("POST", "shutdown");
  expect(((await exited) as [number | null])[0]).toBe(0);

  const wrong = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "--port", "many"], { stdio: ["ignore", "ignore", "pipe"] });
  running.push(wrong);
  const errors: Buffer[] = [];
  wrong.stderr.on("data", (part: Buffer) => errors.push(part));
  expect(((await once(wrong, "close")) as [number | null])[0]).not.toBe(0);
  expect(Buffer.concat(errors).toString()).toContain("HERALD_SIMULATOR_PORT");
});
