import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demo, until } from "../testing/client.ts";
import { startWorld, type World } from "../testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const told = (opaqueId: string): string[] =>
  world.receiver
    .statuses()
    .filter((status) => status.biz_opaque_callback_data === opaqueId)
    .map((status) => status.status);

describe("every webhook", () => {
  it("is signed over the very bytes sent, which hold no character beyond ASCII", async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => world.client.send(`+1650555${1000 + index}`, `c${index}`)));
    await world.client.idle();
    for (const { raw, signature } of world.receiver.posts) {
      expect(signature).toBe(`sha256=${createHmac("sha256", demo.appSecret).update(raw).digest("hex")}`);
      expect(raw.every((byte) => byte < 0x80)).toBe(true);
    }
    const everything = Buffer.concat(world.receiver.posts.map((post) => post.raw)).toString();
    expect(everything).toMatch(/\\u[0-9a-f]{4}/);
  });

  it.each([500, 503, 404, 301, 201, 204])(
    "is repeated, byte for byte, while the receiver answers %i, until it answers 200",
    async (status) => {
      await world.client.script({ receipts: { kind: "sent" } });
      world.receiver.state.statusOf = () => (world.receiver.posts.length < 4 ? status : 200);
      await world.client.send("+16505551234", "c1");
      await world.client.idle();
      expect(new Set(world.receiver.posts.map((post) => post.raw.toString())).size).toBe(1);
      expect(world.receiver.posts.length).toBe(4);
      expect(await world.client.summary()).toMatchObject({
        receipts: { emitted: { sent: 1 }, acknowledged: { sent: 1 } },
        webhooks: { posts: 4, acknowledged: 1, failed: 3, lastFailure: `HTTP ${status}` },
      });
    },
  );

  it("waits for a receiver that is down: it never gives up, and probes with one POST at a time", async () => {
    await world.client.configure({ webhook: { retryBaseMs: 20, retryMaxMs: 200, maxBatch: 2 } });
    const recovery = Promise.withResolvers<number>();
    world.receiver.state.statusOf = () => (world.receiver.posts.length <= 12 ? 503 : recovery.promise);
    await Promise.all(Array.from({ length: 50 }, (_, index) => world.client.send(`+1650555${1000 + index}`, `c${index}`)));
    await until("a probe is under way", () => world.receiver.posts.length === 13);
    const during = await world.client.summary();
    expect(during.webhooks).toMatchObject({ posts: 13, failed: 12 });
    expect(during.queue.inFlight).toBeLessThanOrEqual(2);
    expect(during.receipts.acknowledged).toEqual({ sent: 0, delivered: 0, read: 0, failed: 0 });
    recovery.resolve(200);
    await world.client.idle();
    const { receipts } = await world.client.summary();
    expect(receipts.acknowledged).toEqual(receipts.emitted);
    expect(receipts.acknowledged).toMatchObject({ sent: 50, delivered: 50 });
  });

  it("shares a POST with at most `maxBatch` updates, and at most `maxConcurrent` POSTs are open", async () => {
    await world.client.configure({ webhook: { maxBatch: 7, maxConcurrent: 2 } });
    await world.client.script({ receipts: { kind: "delivered" } });
    await world.client.control("POST", "receipts/hold");
    await Promise.all(Array.from({ length: 40 }, (_, index) => world.client.send(`+1650555${1000 + index}`, `c${index}`)));
    await until("all receipts are held", async () => (await world.client.summary()).queue.held === 80);
    const answer = Promise.withResolvers<number>();
    world.receiver.state.statusOf = () => answer.promise;
    await world.client.control("POST", "receipts/release");
    await until("two POSTs are open", () => world.receiver.posts.length === 2);
    expect((await world.client.summary()).queue).toMatchObject({ inFlight: 14, ready: 66, held: 0 });
    answer.resolve(200);
    await world.client.idle();
    const sizes = world.receiver.posts.map((post) => (post.raw.toString().match(/"status":/g) ?? []).length);
    expect(sizes.toSorted((left, right) => left - right)).toEqual([3, ...Array.from({ length: 11 }, () => 7)]);
  });
});

describe("receipts", () => {
  it("tell sent, delivered and read of one message, with the opaque data and the user's ids", async () => {
    await world.client.script({ receipts: { kind: "read" } });
    const { body } = await world.client.send("+16505551234", "c1");
    await world.client.idle();
    expect(told("c1").toSorted()).toEqual(["delivered", "read", "sent"]);
    for (const status of world.receiver.statuses())
      expect(status).toMatchObject({
        id: body.messages[0]?.id,
        recipient_id: "16505551234",
        recipient_user_id: expect.stringMatching(/^US\.\d{17}$/),
      });
  });

  it("follow each recipient's script", async () => {
    await world.client.script(
      { to: ["+16505550001"], receipts: { kind: "none" } },
      { to: ["+16505550002"], receipts: { kind: "read_without_delivered" } },
      { to: ["+16505550003"], receipts: { kind: "failed", code: 131049 } },
      { receipts: { kind: "delivered" } },
    );
    for (const digit of [1, 2, 3, 4]) await world.client.send(`+1650555000${digit}`, `c${digit}`);
    await world.client.idle();
    expect(["c1", "c2", "c3", "c4"].map((opaqueId) => told(opaqueId).toSorted())).toEqual([
      [],
      ["read", "sent"],
      ["failed", "sent"],
      ["delivered", "sent"],
    ]);
    expect((await world.client.summary()).failedByCode).toEqual({ 131049: 1 });
  });

  it("stay here while held, and all come after the release", async () => {
    await world.client.script({ receipts: { kind: "delivered" }, reply: { kind: "text", text: "hi" } });
    await world.client.control("POST", "receipts/hold", { replies: false });
    await world.client.send("+16505551234", "c1");
    await until("both receipts are held", async () => (await world.client.summary()).queue.held === 2);
    await until("the reply came", () => world.receiver.messages().length === 1);
    expect(world.receiver.statuses()).toEqual([]);
    expect((await world.client.summary()).queueEmpty).toBe(false);
    expect((await world.client.control("POST", "receipts/release")).body).toEqual({ held: false, released: 2 });
    await world.client.idle();
    expect(told("c1").toSorted()).toEqual(["delivered", "sent"]);
  });

  it("come twice when duplicated, and truth counts them once", async () => {
    await world.client.configure({ webhook: { duplicateShare: 1 } });
    await world.client.script({ receipts: { kind: "delivered" }, reply: { kind: "text", text: "hi" } });
    await world.client.send("+16505551234", "c1");
    await world.client.idle();
    expect(told("c1").toSorted()).toEqual(["delivered", "delivered", "sent", "sent"]);
    expect(new Set(world.receiver.messages().map((message) => message.id)).size).toBe(1);
    expect(await world.client.summary()).toMatchObject({
      receipts: { acknowledged: { sent: 1, delivered: 1 } },
      replies: { emitted: 1, acknowledged: 1 },
      webhooks: { duplicates: 3 },
    });
  });
});

describe("replies", () => {
  it("answer the message they belong to: a tapped button, a quoted text, and a bare STOP", async () => {
    await world.client.script(
      { to: ["+16505550001"], reply: { kind: "button" } },
      { to: ["+16505550002"], reply: { kind: "text", text: "Thanks!" } },
      { to: ["+16505550003"], reply: { kind: "stop" } },
    );
    const wamids: (string | undefined)[] = [];
    for (const digit of [1, 2, 3]) wamids.push((await world.client.send(`+1650555000${digit}`, `c${digit}`)).body.messages[0]?.id);
    await world.client.idle();
    const replies = world.receiver.messages().toSorted((left, right) => (left.from ?? "").localeCompare(right.from ?? ""));
    expect(replies).toMatchObject([
      {
        from: "16505550001",
        type: "button",
        button: { text: "Thanks", payload: "THANKS" },
        context: { from: "15550783881", id: wamids[0] },
      },
      { from: "16505550002", type: "text", text: { body: "Thanks!" }, context: { id: wamids[1] } },
      { from: "16505550003", type: "text", text: { body: "STOP" } },
    ]);
    expect(replies[2]).not.toHaveProperty("context");
    expect((await world.client.summary()).replies).toEqual({ emitted: 3, acknowledged: 3 });
    expect((await world.client.message("c1"))?.accepted[0]).toMatchObject({ repliesEmitted: 1, repliesAcknowledged: 1 });
  });

  it("can be injected by hand", async () => {
    const { body } = await world.client.control<{ wamid: string }>("POST", "inbound", {
      phoneNumberId: demo.phoneNumberId,
      from: "+16505551234",
      text: "hello",
    });
    await world.client.idle();
    expect(world.receiver.messages()).toMatchObject([{ id: body.wamid, from: "16505551234", text: { body: "hello" } }]);
    expect((await world.client.summary()).inbound).toEqual({ emitted: 1, acknowledged: 1 });
  });
});

describe("the verification handshake", () => {
  it("succeeds with the right verify token and names what is wrong otherwise", async () => {
    expect(await world.client.control("POST", "verify-webhook")).toEqual({ status: 200, body: { verified: true } });
    await world.client.configure({ app: { verifyToken: "another" } });
    expect(await world.client.control("POST", "verify-webhook")).toMatchObject({
      status: 502,
      body: { error: { message: expect.stringContaining("HTTP 403") } },
    });
  });
});
