import { once } from "node:events";
import { createServer } from "node:net";
import { createSealer } from "@herald/sealing";
import { attach } from "@herald/stack";
import { Redis } from "@upstash/redis";
import { expect, test } from "vitest";
import { createChunkCache, createLayeredChunkStore, type StagingDegradation } from "./index.ts";
import { aCampaign, aChunk } from "./testing/chunks.ts";

const { settings } = attach(process.env["HERALD_TEST_STATE_DIR"] ?? "");
const server = { url: settings["UPSTASH_REDIS_REST_URL"] ?? "", token: settings["UPSTASH_REDIS_REST_TOKEN"] ?? "" };
const sealer = createSealer({ currentKeyId: "k1", keysById: { k1: new Uint8Array(32).fill(7) } });
const redis = new Redis({ ...server, automaticDeserialization: false });
const weekSeconds = 7 * 24 * 3600;

function cacheAt(place: typeof server, deadlineMs?: number) {
  const degradations: StagingDegradation[] = [];
  const cache = createChunkCache({
    ...place,
    sealer,
    onDegraded: (degradation) => degradations.push(degradation),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  return { cache, degradations };
}

const keyOf = ({ workspaceId, campaignId }: ReturnType<typeof aCampaign>, chunkNo: number) =>
  `bulk_campaign_dispatch:v1:${workspaceId}:${campaignId}:${chunkNo}`;

/** A server that takes connections and never answers. */
async function silentServer() {
  const silent = createServer();
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const { port } = silent.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, token: "none", close: () => silent.close() };
}

test("a chunk of a thousand comes back as it was put, and no word of it can be read in Redis", async () => {
  const campaign = aCampaign();
  const { cache, degradations } = cacheAt(server);
  const chunk = aChunk(4, 1000);
  await cache.put(campaign.workspaceId, campaign.campaignId, chunk);
  expect(await cache.read(campaign.workspaceId, campaign.campaignId, 4)).toEqual(chunk);
  const stored = Buffer.from((await redis.get<string>(keyOf(campaign, 4))) ?? "", "base64").toString("latin1");
  expect(stored.length).toBeGreaterThan(1000);
  for (const word of ["+5511", "whatsapp", "entries"]) expect(stored).not.toContain(word);
  expect(degradations).toEqual([]);
});

test("a chunk lives seven days, counted from its last use", async () => {
  const campaign = aCampaign();
  const { cache } = cacheAt(server);
  await cache.put(campaign.workspaceId, campaign.campaignId, aChunk(0));
  expect(await redis.ttl(keyOf(campaign, 0))).toBeGreaterThan(weekSeconds - 60);
  await redis.expire(keyOf(campaign, 0), 100);
  await cache.read(campaign.workspaceId, campaign.campaignId, 0);
  expect(await redis.ttl(keyOf(campaign, 0))).toBeGreaterThan(weekSeconds - 60);
});

test("a missing chunk is null and counted", async () => {
  const campaign = aCampaign();
  const { cache, degradations } = cacheAt(server);
  expect(await cache.read(campaign.workspaceId, campaign.campaignId, 0)).toBeNull();
  expect(degradations).toEqual([{ ...campaign, chunkNo: 0, operation: "read", reason: "missing", detail: null }]);
});

test("an altered body is treated as missing and counted", async () => {
  const campaign = aCampaign();
  const { cache, degradations } = cacheAt(server);
  await cache.put(campaign.workspaceId, campaign.campaignId, aChunk(0));
  const bytes = Buffer.from((await redis.get<string>(keyOf(campaign, 0))) ?? "", "base64");
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  for (const body of [bytes.toString("base64"), "not sealed at all", ""]) {
    await redis.set(keyOf(campaign, 0), body);
    expect(await cache.read(campaign.workspaceId, campaign.campaignId, 0)).toBeNull();
  }
  expect(degradations.map(({ reason }) => reason)).toEqual(["unreadable", "unreadable", "unreadable"]);
});

test("another campaign's body under my key is refused, and so is another chunk's (law L10)", async () => {
  const [mine, other] = [aCampaign(), aCampaign()];
  const { cache, degradations } = cacheAt(server);
  await cache.put(other.workspaceId, other.campaignId, aChunk(0));
  await redis.set(keyOf(mine, 0), (await redis.get<string>(keyOf(other, 0))) ?? "");
  await redis.set(keyOf(other, 1), (await redis.get<string>(keyOf(other, 0))) ?? "");
  expect(await cache.read(mine.workspaceId, mine.campaignId, 0)).toBeNull();
  expect(await cache.read(other.workspaceId, other.campaignId, 1)).toBeNull();
  expect(degradations.map(({ reason }) => reason)).toEqual(["unreadable", "unreadable"]);
});

test("with Redis down the data still comes, from the truth", async () => {
  const campaign = aCampaign();
  const { cache, degradations } = cacheAt({ url: "http://127.0.0.1:9", token: "none" });
  const truth = { read: async () => aChunk(2) };
  let degradedReads = 0;
  const store = createLayeredChunkStore(cache, truth, () => (degradedReads += 1));
  expect(await store.read(campaign.workspaceId, campaign.campaignId, 2)).toEqual(aChunk(2));
  expect(degradedReads).toBe(1);
  await expect
    .poll(() => degradations.map(({ operation, reason }) => `${operation} ${reason}`))
    .toEqual(["read unreachable", "put unreachable"]);
});

test("a Redis that does not answer costs one deadline, not a series of retries", async () => {
  const campaign = aCampaign();
  const silent = await silentServer();
  const { cache, degradations } = cacheAt(silent, 150);
  const startedMs = performance.now();
  expect(await cache.read(campaign.workspaceId, campaign.campaignId, 0)).toBeNull();
  await cache.put(campaign.workspaceId, campaign.campaignId, aChunk(0));
  expect(performance.now() - startedMs).toBeLessThan(600);
  expect(degradations.map(({ operation, detail }) => `${operation} ${detail}`)).toEqual(["read TimeoutError", "put TimeoutError"]);
  silent.close();
});

test("a connection that breaks is tried once", async () => {
  const campaign = aCampaign();
  let connections = 0;
  const breaking = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await once(breaking.listen(0, "127.0.0.1"), "listening");
  const { port } = breaking.address() as { port: number };
  const { cache, degradations } = cacheAt({ url: `http://127.0.0.1:${port}`, token: "none" });
  expect(await cache.read(campaign.workspaceId, campaign.campaignId, 0)).toBeNull();
  expect(connections).toBe(1);
  expect(degradations).toMatchObject([{ reason: "unreachable" }]);
  breaking.close();
});

test("a refusal is counted in the server's words, without the command that was sent", async () => {
  const campaign = aCampaign();
  const { cache, degradations } = cacheAt({ ...server, token: "wrong" });
  await cache.put(campaign.workspaceId, campaign.campaignId, aChunk(0));
  expect(degradations).toMatchObject([{ operation: "put", reason: "unreachable", detail: expect.stringMatching(/^WRONGPASS/) }]);
  expect(JSON.stringify(degradations)).not.toContain("command was");
});

test("health is told within its deadline", async () => {
  expect(await cacheAt(server).cache.isReachable(1000)).toBe(true);
  expect(await cacheAt({ ...server, token: "wrong" }).cache.isReachable(1000)).toBe(false);
  const silent = await silentServer();
  const startedMs = performance.now();
  expect(await cacheAt(silent).cache.isReachable(100)).toBe(false);
  expect(performance.now() - startedMs).toBeLessThan(300);
  silent.close();
});
