import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { workspaceChannel } from "@herald/campaign";
import { type CampaignId, parseCampaignId, parseWorkspaceId, type WorkspaceId } from "@herald/kernel";
import { attach } from "@herald/stack";
import * as pusherJs from "pusher-js";
import { afterEach, expect, test } from "vitest";
import { createRealtime, type PublishFailure, type PusherRealtime } from "./index.ts";

/** The browser client's class: its type declarations describe another module shape than its Node build has, hence the cast. */
const PusherClient = pusherJs.default as unknown as typeof pusherJs.default.default;

const { settings } = attach(process.env["HERALD_TEST_STATE_DIR"] ?? "");
const server = {
  appId: settings["PUSHER_APP_ID"] ?? "",
  key: settings["PUSHER_KEY"] ?? "",
  secret: settings["PUSHER_SECRET"] ?? "",
  host: settings["PUSHER_HOST"] ?? "",
  port: Number(settings["PUSHER_PORT"]),
  useTls: false,
};

const failures: PublishFailure[] = [];
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
  failures.length = 0;
});

function realtimeAt(place: Partial<typeof server> = {}): PusherRealtime {
  const realtime = createRealtime({ ...server, ...place, onFailure: (failure) => failures.push(failure) });
  open.push(realtime);
  return realtime;
}

function ids(): { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId } {
  const [workspaceId, campaignId] = [parseWorkspaceId(randomUUID()), parseCampaignId(randomUUID())];
  if (workspaceId === null || campaignId === null) throw new Error("a random id is a valid id");
  return { workspaceId, campaignId };
}

/** A panel that listens to one workspace, allowed by `realtime`. */
async function panelOf(workspaceId: WorkspaceId, realtime: PusherRealtime) {
  const received: { readonly atMs: number; readonly data: unknown }[] = [];
  const client = new PusherClient(server.key, {
    cluster: "local",
    wsHost: server.host,
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "",
      customHandler: ({ socketId, channelName }, done) => {
        const auth = realtime.authoriseChannel(socketId, channelName);
        done(auth === null ? new Error("refused") : null, auth);
      },
    },
  });
  open.push({ close: () => client.disconnect() });
  const channel = client.subscribe(workspaceChannel(workspaceId));
  await new Promise<void>((resolve, reject) => {
    channel.bind("pusher:subscription_succeeded", () => resolve());
    channel.bind("pusher:subscription_error", reject);
  });
  channel.bind("campaign.changed", (data: unknown) => received.push({ atMs: performance.now(), data }));
  return received;
}

test("a panel hears that its campaign changed, in ids and a time only (law L12)", async () => {
  const { workspaceId, campaignId } = ids();
  const realtime = realtimeAt();
  const received = await panelOf(workspaceId, realtime);
  const overloaded = { name: "campaign.changed", workspaceId, campaignId, atMs: 1, to: "+16505551234" } as const;
  await realtime.publish([overloaded]);
  await expect.poll(() => received.map(({ data }) => data)).toEqual([{ campaignId, atMs: 1 }]);
});

test("another workspace's panel hears nothing (law L10)", async () => {
  const [mine, other] = [ids(), ids()];
  const realtime = realtimeAt();
  const [received, foreign] = [await panelOf(mine.workspaceId, realtime), await panelOf(other.workspaceId, realtime)];
  await realtime.publish([{ name: "campaign.changed", ...mine, atMs: 1 }]);
  await expect.poll(() => received.length).toBe(1);
  expect(foreign).toEqual([]);
});

test("a hundred changes a second reach the panel as four, and the last one arrives", async () => {
  const { workspaceId, campaignId } = ids();
  const realtime = realtimeAt();
  const received = await panelOf(workspaceId, realtime);
  const startedMs = performance.now();
  let lastMs = 0;
  await expect
    .poll(
      () => {
        lastMs += 1;
        void realtime.publish([{ name: "campaign.changed", workspaceId, campaignId, atMs: lastMs }]);
        return performance.now() - startedMs;
      },
      { interval: 10, timeout: 5000 },
    )
    .toBeGreaterThan(1500);
  await expect.poll(() => received.at(-1)?.data).toEqual({ campaignId, atMs: lastMs });
  expect(received.length).toBeLessThanOrEqual(8);
});

test("more than ten campaigns take several calls and all are heard", async () => {
  const { workspaceId } = ids();
  const realtime = realtimeAt();
  const received = await panelOf(workspaceId, realtime);
  await realtime.publish(
    Array.from({ length: 25 }, (_, atMs) => ({ name: "campaign.changed", workspaceId, campaignId: ids().campaignId, atMs })),
  );
  await expect.poll(() => received.length).toBe(25);
  expect(failures).toEqual([]);
});

test("a Pusher that is down or refuses is told, never thrown", async () => {
  const event = { name: "campaign.changed", ...ids(), atMs: 1 } as const;
  await realtimeAt({ port: 9 }).publish([event]);
  await realtimeAt({ secret: "wrong" }).publish([event]);
  expect(failures).toEqual([
    { events: 1, status: null },
    { events: 1, status: 401 },
  ]);
});

test("an event that failed goes out later, at the latest when the publisher closes", async () => {
  const { workspaceId, campaignId } = ids();
  let isDown = true;
  const bodies: string[] = [];
  const flaky = createServer((request, response) => {
    void text(request).then((body) => {
      if (!isDown) bodies.push(body);
      response.writeHead(isDown ? 503 : 200).end("{}");
    });
  });
  await once(flaky.listen(0, "127.0.0.1"), "listening");
  open.push(flaky);
  const realtime = realtimeAt({ port: (flaky.address() as { port: number }).port });
  await realtime.publish([{ name: "campaign.changed", workspaceId, campaignId, atMs: 7 }]);
  expect(failures).toEqual([{ events: 1, status: 503 }]);
  isDown = false;
  await realtime.close();
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toContain(campaignId);
});

test("only a workspace's channel is authorised, and only for a real socket", () => {
  const { workspaceId } = ids();
  const realtime = realtimeAt();
  expect(realtime.authoriseChannel("1.2", workspaceChannel(workspaceId))).toEqual({
    auth: expect.stringMatching(new RegExp(`^${server.key}:[0-9a-f]{64}$`)),
  });
  expect(realtime.authoriseChannel("1.2", "private-everything")).toBeNull();
  expect(realtime.authoriseChannel("1.2:private-everything", workspaceChannel(workspaceId))).toBeNull();
});
