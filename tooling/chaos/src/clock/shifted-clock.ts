import { readFileSync } from "node:fs";

/**
 * Loaded before a worker's own code (`node --import …?file=…`): its wall clock runs ahead by the milliseconds written in a file, from the moment they
 * are written. Everything in the process that asks what time it is sees the step; the monotonic clock does not move, as in life.
 */
const file = new URL(import.meta.url).searchParams.get("file");
const readEveryMs = 50;

if (file !== null) {
  const realNow = Date.now.bind(Date);
  let aheadMs = 0;
  const read = (): void => {
    try {
      aheadMs = Number(readFileSync(file, "utf8")) || 0;
    } catch {
      aheadMs = 0;
    }
  };
  read();
  setInterval(read, readEveryMs).unref();
  const RealDate = Date;
  const now = (): number => realNow() + aheadMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
}
