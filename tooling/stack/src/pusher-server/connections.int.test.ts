import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { waitFor, within } from "../processes/wait.ts";
import { codeOf, next, openPusherWorld, type PresenceChannel, type PusherWorld, subscribe } from "../testing/pusher-world.ts";

let world: PusherWorld;

beforeAll(async () => {
  world = await openPusherWorld();
});

afterEach(() => world.disconnectClients());

afterAll(() => world?.close());

describe("private and presence channels", () => {
  it("a good signature subscribes, a bad one is answered 401", async () => {
    const channel = await subscribe(await world.connect(), "private-p");
    const event = next(channel, "e");
    await world.api.trigger("private-p", "e", 1);
    expect(await event).toBe(1);

    const forged = await world.connect("u9", { authorise: () => ({ auth: `${world.app.key}:${"0".repeat(64)}` }) });
    const refused = forged.subscribe("private-p");
    expect(await next(refused, "pusher:subscription_error")).toMatchObject({ status: 401 });
    expect(refused.subscribed).toBe(false);
  });

  it("members are announced once per user, however many connections the user has", async () => {
    const first = (await subscribe(await world.connect("u1"), "presence-r")) as PresenceChannel;
    expect([first.members.count, first.members.me.id]).toEqual([1, "u1"]);
    const added = next(first, "pusher:member_added");
    const second = await world.connect("u2");
    const seen = (await subscribe(second, "presence-r")) as PresenceChannel;
    expect(await added).toMatchObject({ id: "u2" });
    expect(seen.members.get("u1").info).toEqual({ name: "Nu1" });

    const changes: string[] = [];
    for (const event of ["pusher:member_added", "pusher:member_removed"]) first.bind(event, () => changes.push(event));
    const again = await world.connect("u2");
    await subscribe(again, "presence-r");
    again.disconnect();
    await waitFor("the second connection to be gone", 5_000, async () => (await world.subscriptions("presence-r")) === 2);
    expect(changes).toEqual([]);
    const { users } = (await (await world.api.get({ path: "/channels/presence-r/users" })).json()) as { users: { id: string }[] };
    expect(users.map(({ id }) => id).toSorted()).toEqual(["u1", "u2"]);

    const removed = next(first, "pusher:member_removed");
    second.unsubscribe("presence-r");
    expect(await removed).toMatchObject({ id: "u2" });
  });

  it("client events reach the others but not their sender, and on presence channels carry the sender's user id", async () => {
    const [sender, other] = [await world.connect("u1"), await world.connect("u2")];
    const echo: unknown[] = [];
    const from = await subscribe(sender, "private-c");
    from.bind("client-x", (data: unknown) => echo.push(data));
    const received = next(await subscribe(other, "private-c"), "client-x");
    from.trigger("client-x", { y: 1 });
    expect(await received).toEqual({ y: 1 });
    await world.roundTrip(sender);
    expect(echo).toEqual([]);

    const presence = await subscribe(sender, "presence-c");
    const listener = await subscribe(other, "presence-c");
    const metadata = new Promise((resolve) =>
      listener.bind("client-z", (_: unknown, about: { user_id: string }) => resolve(about.user_id)),
    );
    presence.trigger("client-z", { y: 1 });
    expect(await within("the event", 5_000, metadata)).toBe("u1");
  });

  it("too many client events in a second are refused with 4301", async () => {
    const client = await world.connect();
    const channel = await subscribe(client, "private-flood");
    const refused = next(client.connection, "error");
    for (let index = 0; index < 30; index++) channel.trigger("client-flood", index);
    expect(codeOf(await refused)).toBe(4301);
  });

  it("an encrypted channel delivers what the server library encrypted", async () => {
    const encrypting = world.library({ encryptionMasterKeyBase64: Buffer.alloc(32, 7).toString("base64") });
    const client = world.open("u1", { authorise: (socketId, channel) => encrypting.authorizeChannel(socketId, channel) });
    await next(client.connection, "connected");
    const event = next(await subscribe(client, "private-encrypted-k"), "e");
    await encrypting.trigger("private-encrypted-k", "e", { s: 1 });
    expect(await event).toEqual({ s: 1 });
  });
});

describe("users", () => {
  it("a signed-in user gets events of its own and can be disconnected", async () => {
    const client = await world.connect("u7");
    client.signin();
    const hello = next(client.user, "hello");
    await within("the sign-in", 5_000, client.user.signinDonePromise);
    await world.api.sendToUser("u7", "hello", { k: 1 });
    expect(await hello).toEqual({ k: 1 });
    const closed = next(client.connection, "error");
    await world.api.terminateUserConnections("u7");
    expect(codeOf(await closed)).toBe(4009);
  });
});

describe("connections", () => {
  it("an unknown app key is told so (4001)", async () => {
    const client = world.open("u1", { key: "nokey" });
    expect(codeOf(await next(client.connection, "error"))).toBe(4001);
  });

  it("a client that asks often whether the server is there stays connected", async () => {
    const client = world.open("u1", { activityTimeout: 100 });
    await next(client.connection, "connected");
    for (let round = 0; round < 3; round++)
      await next(client.connection, "message", (message) => (message as { event: string }).event === "pusher:pong");
    expect(client.connection.state).toBe("connected");
  });

  it("a client dropped by the network comes back, subscribes again and receives", async () => {
    const client = await world.connect();
    const channel = await subscribe(client, "public");
    const back = next(client.connection, "connected");
    world.server.dropClients();
    await back;
    await waitFor("the channel to be subscribed again", 5_000, async () => (await world.subscriptions("public")) === 1);
    const event = next(channel, "again");
    await world.api.trigger("public", "again", 1);
    expect(await event).toBe(1);
  });
});

describe("webhooks", () => {
  it("report what happened, signed so that Pusher's library accepts them and refuses a forged one", async () => {
    const [first, second] = [await world.connect("u1"), await world.connect("u2")];
    await subscribe(first, "presence-hooks");
    const channel = await subscribe(second, "presence-hooks");
    channel.trigger("client-hook", 1);
    await next(first.subscribe("cache-hooks"), "pusher:cache_miss");
    second.disconnect();
    first.disconnect();
    const expected = ["channel_occupied", "channel_vacated", "member_added", "member_removed", "client_event", "cache_miss"];
    const names = () =>
      new Set(
        world.webhooks.flatMap((webhook) =>
          world.api
            .webhook(webhook)
            .getEvents()
            .map(({ name }) => name),
        ),
      );
    await waitFor("every kind of webhook", 5_000, () => expected.every((name) => names().has(name)));
    expect(world.webhooks.every((webhook) => world.api.webhook(webhook).isValid())).toBe(true);
    const forged = world.webhooks.map((webhook) => ({ ...webhook, headers: { ...webhook.headers, "x-pusher-signature": "0" } }));
    expect(forged.some((webhook) => world.api.webhook(webhook).isValid())).toBe(false);
  });
});
