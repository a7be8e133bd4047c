import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MessageRow, RecipientRow } from "../simulator.ts";
import { demo, templateTo, until } from "../testing/client.ts";
import { startWorld, type World } from "../testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Sends and answers what the client saw: a status, or that the connection broke, or that nothing came in time. */
const attempt = async (to: string, opaqueId: string, timeoutMs = 2000): Promise<number | "cut" | "timeout"> => {
  try {
    const response = await fetch(`${world.baseUrl}/v26.0/${demo.phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${demo.token}` },
      body: JSON.stringify(templateTo(to, opaqueId)),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.status;
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError" ? "timeout" : "cut";
  }
};

describe("ambiguous answers", () => {
  it.each([
    ["cut", "cut"],
    ["hang", "timeout"],
    ["server_error", 500],
  ] as const)("%s: the client learns nothing, truth says accepted, and the receipts still come", async (kind, seen) => {
    await world.client.script({ answer: { kind }, receipts: { kind: "delivered" } });
    expect(await attempt("+16505551234", "c1", 300)).toBe(seen);
    await world.client.idle();
    expect(await world.client.message("c1")).toMatchObject({
      requests: 1,
      accepted: [{ answer: kind, receiptsAcknowledged: ["sent", "delivered"] }],
      dropped: 0,
    });
    expect(world.receiver.statuses().map((status) => status.biz_opaque_callback_data)).toEqual(["c1", "c1"]);
  });

  it.each([
    ["cut", "cut"],
    ["hang", "timeout"],
    ["server_error", 500],
  ] as const)("%s without acceptance: the client learns nothing and nothing was taken", async (kind, seen) => {
    await world.client.script({ answer: { kind, accepted: false } });
    expect(await attempt("+16505551234", "c1", 300)).toBe(seen);
    await world.client.idle();
    expect(await world.client.message("c1")).toMatchObject({ requests: 1, accepted: [], refused: [], dropped: 1 });
    expect(world.receiver.posts).toEqual([]);
  });

  it("a hanging answer ends by itself after hangMs, and is not pending meanwhile", async () => {
    await world.client.script({ answer: { kind: "hang", hangMs: 150 } });
    const outcome = attempt("+16505551234", "c1");
    await until("the answer hangs", async () => (await world.client.summary()).queue.hangingAnswers === 1);
    expect((await world.client.summary()).queue.pendingAnswers).toBe(0);
    expect(await outcome).toBe("cut");
    expect((await world.client.summary()).queue.hangingAnswers).toBe(0);
  });

  it("a 500 has no JSON body", async () => {
    await world.client.script({ answer: { kind: "server_error" } });
    expect((await world.client.send("+16505551234", "c1")).body).toMatch(/^<html>/);
  });

  it("a client that leaves before the answer is booked as accepted, its answer as lost", async () => {
    await world.client.configure({ timeScale: 1, latency: { minMs: 300, maxMs: 300 } });
    expect(await attempt("+16505551234", "c1", 100)).toBe("timeout");
    await until("the answer was lost", async () => (await world.client.summary()).totals.answersLost === 1);
    expect((await world.client.message("c1"))?.accepted).toHaveLength(1);
  });
});

describe("the books", () => {
  it("hold each request under its opaque id as accepted, refused or dropped, and add up", async () => {
    await world.client.script(
      { to: ["+16505550001"], answer: { kind: "refuse", code: 131016, details: "Try later", times: 2 } },
      { to: ["+16505550002"], answer: { kind: "cut", accepted: false } },
    );
    const refused = await world.client.send("+16505550001", "c1");
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 131016, error_data: { details: "Try later" } } } });
    await world.client.send("+16505550001", "c1");
    await world.client.send("+16505550001", "c1");
    await attempt("+16505550002", "c2");
    await world.client.send("+16505550003", "c3");
    await world.client.idle();
    expect(await world.client.message("c1")).toMatchObject({
      recipients: ["+16505550001"],
      requests: 3,
      refused: [{ code: 131016 }, { code: 131016 }],
      accepted: [{ recipient: "+16505550001", answer: "ok" }],
    });
    expect(await world.client.summary()).toMatchObject({
      totals: { requests: 5, accepted: 2, refused: 2, dropped: 1 },
      refusedByCode: { 131016: 2 },
      opaqueIds: 3,
      recipients: 3,
      acceptedMoreThanOnce: { recipients: 0, opaqueIds: 0 },
    });
  });

  it("name everybody who was sent to more than once", async () => {
    await world.client.send("+16505550001", "c1");
    await world.client.send("+1 650 555 0001", "c1");
    await world.client.send("+16505550002", "c2");
    await world.client.send("+16505550002", "c3");
    expect((await world.client.summary()).acceptedMoreThanOnce).toEqual({
      recipients: 2,
      opaqueIds: 1,
      recipientSample: ["+16505550001", "+16505550002"],
      opaqueIdSample: ["c1"],
    });
    const { body } = await world.client.call<{ rows: RecipientRow[] }>("GET", "/_truth/recipients?recipient=%2B16505550002");
    expect(body.rows).toMatchObject([
      { requests: 2, accepted: [expect.stringMatching(/^wamid/), expect.stringMatching(/^wamid/)], opaqueIds: ["c2", "c3"] },
    ]);
  });

  it("count a receipt as acknowledged only after exactly 200", async () => {
    await world.client.script({ receipts: { kind: "sent" } });
    world.receiver.state.statusOf = () => 202;
    await world.client.send("+16505551234", "c1");
    await until("the receipt was refused", () => world.receiver.posts.length > 1);
    expect((await world.client.message("c1"))?.accepted[0]).toMatchObject({ receiptsEmitted: ["sent"], receiptsAcknowledged: [] });
    world.receiver.state.statusOf = () => 200;
    await world.client.idle();
    expect((await world.client.message("c1"))?.accepted[0]).toMatchObject({ receiptsAcknowledged: ["sent"] });
  });

  it("are read in pages that neither skip nor repeat", async () => {
    for (let index = 0; index < 25; index += 1) await world.client.send(`+1650555${1000 + index}`, `c${index}`);
    for (const view of ["messages", "recipients"]) {
      const seen: string[] = [];
      let cursor: string | null = "0";
      while (cursor !== null) {
        const page: { rows: (MessageRow & RecipientRow)[]; nextCursor: string | null } = (
          await world.client.call<{ rows: (MessageRow & RecipientRow)[]; nextCursor: string | null }>(
            "GET",
            `/_truth/${view}?cursor=${cursor}&limit=10`,
          )
        ).body;
        seen.push(...page.rows.map((row) => (view === "messages" ? (row.opaqueId ?? "") : (row.opaqueIds[0] ?? ""))));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `c${index}`));
    }
  });

  it("are empty after a reset, which keeps the configuration", async () => {
    await world.client.send("+16505551234", "c1");
    await world.client.idle();
    await world.client.control("POST", "reset");
    const summary = await world.client.summary();
    expect([summary.totals.requests, summary.opaqueIds, summary.webhooks.posts, summary.queueEmpty]).toEqual([0, 0, 0, true]);
    expect((await world.client.send("+16505551234", "c1")).status).toBe(200);
  });

  it("know how late this process has been, since a late auditor measures itself", async () => {
    const blockUntilMs = performance.now() + 150;
    while (performance.now() < blockUntilMs);
    expect((await world.client.summary()).eventLoopLagMaxMs).toBeGreaterThan(135);
    await world.client.control("POST", "reset");
    expect((await world.client.summary()).eventLoopLagMaxMs).toBeLessThan(100);
  });
});

describe("wrong use of the doors", () => {
  it.each<[string, string, unknown, number, RegExp]>([
    ["PATCH", "/_control/config", { numbers: [{ phoneNumberId: "x" }] }, 400, /"path":"numbers/],
    ["PUT", "/_control/scenario", { rules: [{ answer: { kind: "explode" } }] }, 400, /"path":"rules\.0\.answer/],
    ["PUT", "/_control/scenario", { rules: [{ to: ["6505551234"] }] }, 400, /E\.164/],
    [
      "POST",
      "/_control/inbound",
      { phoneNumberId: "4999999999999999", from: "+16505551234", text: "hi" },
      404,
      /no number 4999999999999999/,
    ],
    ["POST", "/_control/inbound", { phoneNumberId: demo.phoneNumberId, from: "+16505551234" }, 400, /exactly one of text and button/],
    ["POST", "/_control/nothing", {}, 404, /there are GET/],
    ["GET", "/_truth/messages?limit=0", undefined, 400, /"path":"limit"/],
    ["GET", "/_truth/nothing", undefined, 404, /no such door/],
  ])("%s %s is told what is wrong", async (method, path, body, status, message) => {
    const answer = await world.client.call(method, path, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(message);
  });
});
