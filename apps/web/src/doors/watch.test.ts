import { expect, test } from "vitest";
import { streamOf } from "./stream.ts";
import { type Caller, wantsLines, watched } from "./watch.ts";

const clock = (): { readonly monotonicMs: () => number; passMs: (ms: number) => void } => {
  let nowMs = 0;
  return {
    monotonicMs: () => nowMs,
    passMs: (ms) => {
      nowMs += ms;
    },
  };
};
const never = new AbortController().signal;
const nobody = (error: unknown): never => {
  throw error;
};
const linesOf = async (parts: AsyncIterable<string>): Promise<readonly unknown[]> =>
  (await new Response(streamOf(parts, nobody)).text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

test("progress is told at most twice a second, asked for its words only then, and the answer comes last", async () => {
  const time = clock();
  let asked = 0;
  const work = async ({ tell }: Caller) => {
    for (let step = 0; step <= 10; step += 1) {
      tell((elapsedMs) => {
        asked += 1;
        return { step, elapsedMs };
      });
      time.passMs(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { done: "all" };
  };
  expect(await linesOf(watched(time, never, work))).toEqual([
    { progress: { step: 0, elapsedMs: 0 } },
    { progress: { step: 5, elapsedMs: 500 } },
    { progress: { step: 10, elapsedMs: 1000 } },
    { done: "all" },
  ]);
  expect(asked).toBe(3);
});

test("of progress that nobody took in time only the newest is sent", async () => {
  const time = clock();
  const work = async ({ tell }: Caller) => {
    for (const step of [1, 2, 3]) {
      tell(() => ({ step }));
      time.passMs(600);
    }
    return { done: null };
  };
  expect(await linesOf(watched(time, never, work))).toEqual([{ progress: { step: 3 } }, { done: null }]);
});

test("nothing is begun before somebody reads", async () => {
  let isBegun = false;
  const parts = watched(clock(), never, async () => {
    isBegun = true;
    return {};
  });
  await streamOf(parts, nobody).cancel();
  expect(isBegun).toBe(false);
});

test.each(["the reader", "the connection"])("when %s goes away the work is told to stop, and is waited for", async (who) => {
  const connection = new AbortController();
  const ended: string[] = [];
  const work = ({ signal, tell }: Caller) =>
    new Promise<object>((resolve) => {
      tell(() => ({ step: 1 }));
      signal.addEventListener("abort", () => {
        ended.push("stopped");
        resolve({ problem: "left" });
      });
    });
  const reader = streamOf(watched(clock(), connection.signal, work), nobody).getReader();
  await reader.read();
  const waiting = reader.read();
  if (who === "the reader") await reader.cancel();
  else connection.abort();
  await waiting;
  expect(ended).toEqual(["stopped"]);
});

test.each([
  ["application/x-ndjson", true],
  ["application/json, Application/X-NDJSON;q=0.9", true],
  ["*/*", false],
  ["application/x-ndjson-2", false],
])("lines are for those who ask for them: %s", (accept, wants) => {
  expect(wantsLines(new Request("https://herald.example", { headers: { accept } }))).toBe(wants);
});
