import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "../processes/wait.ts";
import { next, openPusherWorld, type PusherWorld, subscribe } from "../testing/pusher-world.ts";

let world: PusherWorld;

beforeAll(async () => {
  world = await openPusherWorld();
});

afterEach(() => world.disconnectClients());

afterAll(() => world?.close());

describe("events", () => {
  it("a triggered event reaches a subscriber: objects as objects, strings as strings", async () => {
    const channel = await subscribe(await world.connect(), "public");
    const object = next(channel, "object");
    const text = next(channel, "text");
    expect((await world.api.trigger("public", "object", { a: [1, "é"] })).status).toBe(200);
    await world.api.trigger("public", "text", "plain");
    expect(await object).toEqual({ a: [1, "é"] });
    expect(await text).toBe("plain");
  });

  it("an event to several channels leaves out the connection that caused it", async () => {
    const [cause, other] = [await world.connect(), await world.connect("u2")];
    const seen: unknown[] = [];
    (await subscribe(cause, "x1")).bind("m", (data: unknown) => seen.push(data));
    const received = [next(await subscribe(other, "x1"), "m"), next(await subscribe(other, "x2"), "m")];
    await world.api.trigger(["x1", "x2"], "m", 1, { socket_id: cause.connection.socket_id });
    expect(await Promise.all(received)).toEqual([1, 1]);
    await world.roundTrip(cause);
    expect(seen).toEqual([]);
  });

  it("a batch reaches its channels; more than ten events are refused as a whole", async () => {
    const client = await world.connect();
    const received = [next(await subscribe(client, "b1"), "e1"), next(await subscribe(client, "private-b2"), "e2")];
    const batch = [
      { channel: "b1", name: "e1", data: { i: 1 } },
      { channel: "private-b2", name: "e2", data: { i: 2 } },
    ];
    expect((await world.api.triggerBatch(batch)).status).toBe(200);
    expect(await Promise.all(received)).toEqual([{ i: 1 }, { i: 2 }]);
    const eleven = Array.from({ length: 11 }, () => ({ channel: "b1", name: "e", data: 1 }));
    await expect(world.api.triggerBatch(eleven)).rejects.toMatchObject({ status: 400 });
  });

  it("data over 10 kB is refused with 413, data just below is delivered", async () => {
    await expect(world.api.trigger("public", "e", "z".repeat(10_241))).rejects.toMatchObject({ status: 413 });
    expect((await world.api.trigger("public", "e", "z".repeat(10_000))).status).toBe(200);
  });

  it("two subscribers receive every one of 200 events", async () => {
    const counts = [0, 0];
    for (const index of counts.keys()) {
      (await subscribe(await world.connect(`u${index}`), "busy")).bind("t", () => {
        counts[index] = (counts[index] ?? 0) + 1;
      });
    }
    await Promise.all(Array.from({ length: 200 }, (_, i) => world.api.trigger("busy", "t", { i })));
    await waitFor("all events", 10_000, () => counts.every((count) => count === 200));
  });
});

describe("cache channels", () => {
  it("tell a first subscriber that there is nothing, and a later one what came last", async () => {
    await next((await world.connect()).subscribe("cache-q"), "pusher:cache_miss");
    await world.api.trigger("cache-q", "e", { v: 2 });
    expect(await next((await world.connect("u2")).subscribe("cache-q"), "e")).toEqual({ v: 2 });
  });
});

describe("questions over HTTP", () => {
  it("channels, one channel, and counts with a trigger", async () => {
    const client = await world.connect("u1");
    await subscribe(client, "presence-q");
    await subscribe(client, "question");
    const list = await (await world.api.get({ path: "/channels", params: { filter_by_prefix: "presence-q", info: "user_count" } })).json();
    expect(list).toEqual({ channels: { "presence-q": { user_count: 1 } } });
    const one = await (await world.api.get({ path: "/channels/question", params: { info: "subscription_count" } })).json();
    expect(one).toEqual({ occupied: true, subscription_count: 1 });
    expect(await (await world.api.get({ path: "/channels/nobody" })).json()).toEqual({ occupied: false });
    const counted = await (await world.api.trigger("presence-q", "e", 1, { info: "user_count,subscription_count" })).json();
    expect(counted).toEqual({ channels: { "presence-q": { user_count: 1, subscription_count: 1 } } });
  });

  it.each([
    [{ secret: "wrong" }, 401],
    [{ key: "wrong" }, 401],
    [{ appId: "wrong" }, 404],
  ])("%j is refused with %i", async (wrong, status) => {
    await expect(world.library(wrong).trigger("public", "e", 1)).rejects.toMatchObject({ status });
  });

  it("a channel name with a space is refused with 400, although the client library would not send one", async () => {
    const body = JSON.stringify({ name: "e", data: "1", channels: ["sp ace"] });
    const query = world.api.createSignedQueryString({ method: "POST", path: `/apps/${world.app.appId}/events`, body });
    const answer = await fetch(`http://127.0.0.1:${world.server.port}/apps/${world.app.appId}/events?${query}`, { method: "POST", body });
    expect(answer.status).toBe(400);
  });
});
