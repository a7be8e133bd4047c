import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ranges from which Linux (32768–60999) and macOS (49152–65535) take ports for outgoing connections. */
const range = { from: 15_000, to: 32_000 };

/** True when a server could listen on this port of the loopback address now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** A port nobody listens on and nobody else of this stack was given. */
export async function pickPort(taken: ReadonlySet<number>): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(range.from, range.to);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`no free port found on 127.0.0.1 between ${range.from} and ${range.to}`);
}
