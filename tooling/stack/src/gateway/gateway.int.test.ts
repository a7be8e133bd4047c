import { randomUUID } from "node:crypto";
import { Redis, type RedisConfigNodejs } from "@upstash/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setting, type TestStack, testStack } from "../testing/test-stack.ts";

let stack: TestStack;
let url: string;
let token: string;
const run = randomUUID();
const key = (name: string) => `stack-check:${run}:${name}`;

beforeAll(async () => {
  stack = await testStack(["upstash"]);
  url = setting(stack.settings, "UPSTASH_REDIS_REST_URL");
  token = setting(stack.settings, "UPSTASH_REDIS_REST_TOKEN");
}, 120_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

function client(options: Partial<RedisConfigNodejs> = {}): Redis {
  return new Redis({ url, token, enableTelemetry: false, retry: { retries: 0 }, enableAutoPipelining: false, ...options });
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}${path}`, { method: "POST", headers: { authorization: `Bearer ${token}`, ...headers }, body: JSON.stringify(body) });
}

describe("commands of @upstash/redis", () => {
  it("strings: options of SET, counters, several keys at once", async () => {
    const redis = client();
    expect(await redis.set(key("a"), "v", { ex: 30, nx: true })).toBe("OK");
    expect(await redis.set(key("a"), "w", { nx: true })).toBeNull();
    expect(await redis.set(key("a"), "v2", { get: true, xx: true, keepTtl: true })).toBe("v");
    expect(await redis.pttl(key("a"))).toBeGreaterThan(1_000);
    expect(await redis.mset({ [key("m1")]: "1x", [key("m2")]: { o: 1 } })).toBe("OK");
    expect(await redis.mget(key("m1"), key("m2"), key("none"))).toEqual(["1x", { o: 1 }, null]);
    expect(await redis.incrby(key("i"), 4)).toBe(4);
    expect(await redis.decr(key("i"))).toBe(3);
    expect(await redis.del(key("m1"), key("m2"))).toBe(2);
  });

  it("hashes, sorted sets, lists, sets and streams come back in the client's shapes", async () => {
    const redis = client();
    await redis.hset(key("h"), { a: 1, b: "two", c: { d: [1] } });
    expect(await redis.hgetall(key("h"))).toEqual({ a: 1, b: "two", c: { d: [1] } });
    expect(await redis.hgetall(key("nope"))).toBeNull();
    await redis.zadd(key("z"), { score: 1, member: "one" }, { score: 2.5, member: "two" });
    expect(await redis.zrange(key("z"), 0, -1, { withScores: true, rev: true })).toEqual(["two", 2.5, "one", 1]);
    expect(await redis.zrange(key("z"), 2, "+inf", { byScore: true })).toEqual(["two"]);
    await redis.rpush<unknown>(key("l"), "a", { b: 1 }, 3);
    expect(await redis.lrange(key("l"), 0, -1)).toEqual(["a", { b: 1 }, 3]);
    await redis.sadd(key("s"), "x", "y");
    expect(await redis.smismember(key("s"), ["x", "q"])).toEqual([1, 0]);
    const entry = await redis.xadd(key("st"), "*", { a: 1 });
    expect(await redis.xrange(key("st"), "-", "+")).toEqual({ [entry]: { a: 1 } });
  });

  it("keys expire when they should", async () => {
    const redis = client();
    await redis.set(key("e"), 1);
    expect(await redis.ttl(key("e"))).toBe(-1);
    expect(await redis.expire(key("e"), 100)).toBe(1);
    expect(await redis.persist(key("e"))).toBe(1);
    await redis.set(key("px"), 1, { px: 40 });
    await expect.poll(() => redis.get(key("px")), { timeout: 5_000, interval: 20 }).toBeNull();
  });

  it("SCAN walks all keys", async () => {
    const redis = client();
    await redis.mset(Object.fromEntries(Array.from({ length: 250 }, (_, index) => [key(`scan:${index}`), index])));
    const found = new Set<string>();
    let cursor = "0";
    do {
      const [next, keys] = await redis.scan(cursor, { match: key("scan:*"), count: 100 });
      for (const name of keys) found.add(name);
      cursor = next;
    } while (cursor !== "0");
    expect(found.size).toBe(250);
  });
});

describe("values survive the way there and back", () => {
  it("a text of 1 MB, control characters, and the value OK", async () => {
    const redis = client();
    const large = "é".repeat(512 * 1_024);
    await redis.set(key("big"), large);
    expect((await redis.get<string>(key("big"))) === large).toBe(true);
    const awkward = 'a\u0000\n"\\\u2028é';
    await redis.set(key("awkward"), awkward);
    expect(await redis.get(key("awkward"))).toBe(awkward);
    expect(await client({ responseEncoding: false }).get(key("awkward"))).toBe(awkward);
    await redis.set(key("ok"), "OK");
    expect(await redis.mget(key("ok"))).toEqual(["OK"]);
  });

  it("JSON is read back unless the client says not to", async () => {
    await client().set(key("j"), { a: [1, "2", null] });
    expect(await client().get(key("j"))).toEqual({ a: [1, "2", null] });
    expect(await client({ automaticDeserialization: false }).get(key("j"))).toBe('{"a":[1,"2",null]}');
  });

  it("strings are base64 when the client asks for it", async () => {
    await client().set(key("b64"), "x y");
    const answer = await post("", ["GET", key("b64")], { "upstash-encoding": "base64" });
    expect(await answer.json()).toEqual({ result: Buffer.from("x y").toString("base64") });
  });

  it("every answer carries a sync token", async () => {
    expect((await post("", ["PING"])).headers.get("upstash-sync-token")).toBeTruthy();
  });
});

describe("scripts", () => {
  it("Lua returns nested values, and an unknown hash says NOSCRIPT", async () => {
    const redis = client();
    const script = "redis.call('SET',KEYS[1],ARGV[1]); return {redis.call('GET',KEYS[1]), 7, false, {'OK','n'}}";
    expect(await redis.eval(script, [key("lua")], ["val"])).toEqual(["val", 7, null, ["OK", "n"]]);
    const hash = await redis.scriptLoad("return ARGV[1]..'!'");
    expect(await redis.evalsha(hash, [], ["hi"])).toBe("hi!");
    await expect(redis.evalsha("f".repeat(40), [], [])).rejects.toThrow(/NOSCRIPT/);
  });

  it("a script with Upstash's key-locking flag runs, by text and by hash", async () => {
    const script = client().createScript<number>("#!lua flags=allow-key-locking\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])");
    expect(await script.exec([key("flagged")], ["5"])).toBe(5);
    expect(await script.exec([key("flagged")], ["5"])).toBe(10);
  });
});

describe("pipelines and transactions", () => {
  it("auto-pipelined commands keep their order", async () => {
    const redis = client({ enableAutoPipelining: true });
    expect(await Promise.all([redis.set(key("ap"), 1), redis.incr(key("ap")), redis.get(key("ap"))])).toEqual(["OK", 2, 2]);
  });

  it("one failed command of a pipeline does not stop the others", async () => {
    const pipeline = client().pipeline();
    pipeline.set(key("str"), "x");
    pipeline.lpush(key("str"), "y");
    pipeline.get(key("str"));
    const results = await pipeline.exec({ keepErrors: true });
    expect(results.map(({ error }) => error !== undefined)).toEqual([false, true, false]);
    expect(results[1]?.error).toMatch(/^WRONGTYPE/);
    expect(results[2]?.result).toBe("x");
  });

  it("3,000 commands fit in one pipeline", async () => {
    const pipeline = client().pipeline();
    for (let index = 0; index < 3_000; index++) pipeline.set(key(`p:${index}`), { index }, { ex: 60 });
    expect(await pipeline.exec()).toHaveLength(3_000);
  });

  it("a transaction is atomic under contention", async () => {
    const redis = client();
    const pairs = await Promise.all(
      Array.from({ length: 20 }, () => {
        const transaction = redis.multi();
        transaction.incr(key("ma"));
        transaction.incr(key("mb"));
        return transaction.exec<[number, number]>();
      }),
    );
    for (const [a, b] of pairs) expect(a).toBe(b);
  });

  it("a transaction with a command that cannot be queued fails as a whole, with the server's reason", async () => {
    const answer = await post("/multi-exec", [["SET", key("tx"), "1"], ["GET"]]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^ERR wrong number of arguments/) });
    expect(await client().get(key("tx"))).toBeNull();
  });
});

describe("what is refused", () => {
  it.each([
    ["", ["GET", "x"]],
    ["/pipeline", [["GET", "x"]]],
    ["/multi-exec", [["GET", "x"]]],
    ["/get/x", undefined],
  ])("a wrong token on %j, with 401 and before anything is run", async (path, body) => {
    for (const authorization of ["Bearer wrong", `Basic ${token}`, ""]) {
      const answer = await post(path, body, { authorization });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ error: "WRONGPASS invalid or missing auth token" });
    }
  });

  it("an error of the server arrives as UpstashError with its Redis prefix", async () => {
    const redis = client();
    await redis.set(key("text"), "x");
    await expect(redis.lpush(key("text"), 1)).rejects.toMatchObject({
      name: "UpstashError",
      message: expect.stringMatching(/^WRONGTYPE /),
    });
  });

  it("commands that block or administer", async () => {
    await expect(client().exec(["BLPOP", "l", 1])).rejects.toThrow(/not available/);
    await expect(client().exec(["CONFIG", "GET", "*"])).rejects.toThrow(/not available/);
  });

  it("a body that is no command", async () => {
    expect((await post("", { not: "a command" })).status).toBe(400);
    expect((await post("/pipeline", [])).status).toBe(400);
    expect((await post("/pipeline", ["GET", "x"])).status).toBe(400);
  });

  it("a body over Upstash's limit of 10 MB, with 413", async () => {
    const answer = await post("", ["SET", key("huge"), "x".repeat(11 * 1_024 * 1_024)]);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^ERR max request size exceeded/) });
  });
});
