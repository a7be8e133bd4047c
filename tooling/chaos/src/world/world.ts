import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Product, type RunningProduct, runProduct, seed, shopDesk, signIn } from "@herald/demo";
import { bootStack, type ServerName, type Stack } from "@herald/stack";
import { openWireLog, type WireLog } from "../network/wire-log.ts";
import { type Desk, deskAt } from "./desk.ts";
import { type Lines, openLines } from "./lines.ts";
import { type Provider, providerAt } from "./provider.ts";
import { type SecondWorker, secondWorker } from "./second-worker.ts";
import { connectSecondSender, secondNumber } from "./senders.ts";

/** One stack and one product for a whole run: its faults may leave nothing behind. */
export type World = {
  readonly stateDir: string;
  readonly stack: Stack;
  readonly ownerUrl: string;
  readonly product: RunningProduct;
  readonly second: SecondWorker;
  /** The lines of the first group of workers (dispatch, workflows, background) and those of the second dispatch worker. */
  readonly lines: readonly [Lines, Lines];
  readonly wire: WireLog;
  /** How late this process itself was, since the last look: what it saw of the workers was late by as much. */
  readonly ownLagMs: () => number;
  readonly provider: Provider;
  readonly signIn: () => Promise<Operator>;
  readonly end: () => Promise<void>;
};
export type Operator = { readonly product: Product; readonly desk: Desk };

/** Short patience, so that recovery takes seconds; every value is one an operator could set. */
const impatient = {
  HERALD_HEARTBEAT_TIMEOUT_MS: "3000",
  HERALD_SLICE_RETRY_MS: "500",
  HERALD_RECOVERY_WAIT_MS: "1000",
  HERALD_SETTLE_UNKNOWN_MS: "5000",
  HERALD_SETTLE_HELD_MS: "5000",
} as const;

const productStarts = 3;

/** Receipts come within a fraction of a second. */
const timeScale = 0.05;

/** Unix milliseconds, fractional and never set back: the harness's clock for everything it compares. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

/** `straight`: the first group of workers calls everything itself, without lines of ours that would cost it time. */
export async function openWorld(stateDir: string, say: (line: string) => void, { straight = false } = {}): Promise<World> {
  const stack: Stack = await bootStack({
    stateDir,
    fresh: true,
    onProgress: () => undefined,
    onCrash({ server, message }) {
      say(`  ${server} died by itself and is started again: ${message.split("\n")[0]}`);
      void restartCrashed(stack, server, say);
    },
  });
  const wire = openWireLog(nowMs);
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const opened: { close: () => Promise<void> }[] = [];
  try {
    await seed(stack.settings);
    const ownerUrl = stack.settings["OWNER_DATABASE_URL"] ?? "";
    await connectSecondSender(ownerUrl);
    const lines = [await openLines(stack.settings, wire, 0), await openLines(stack.settings, wire, 1)] as const;
    opened.push(...lines);
    const product = await startedWithin(productStarts, say, () =>
      runProduct({
        stateDir,
        settings: stack.settings,
        onProgress: ({ subject, message }) => say(`  ${subject}: ${message}`),
        timeScale,
        workerEnv: { ...impatient, ...(straight ? {} : lines[0].env) },
      }),
    );
    opened.push({ close: product.stop });
    const simulatorPort = Number(new URL(product.simulatorUrl).port);
    for (const { byLink } of lines) byLink.simulator.leadTo("127.0.0.1", simulatorPort);
    const provider = providerAt(product.simulatorUrl);
    await provider.configure(secondNumber);
    const second = secondWorker(stateDir, stack.settings, { ...impatient, ...lines[1].env });
    await second.start();
    return {
      stateDir,
      stack,
      ownerUrl,
      product,
      second,
      lines,
      wire,
      provider,
      ownLagMs() {
        const mostMs = Math.round(lag.max / 1e6);
        lag.reset();
        return mostMs;
      },
      async signIn() {
        const { email, password } = shopDesk;
        return { product: await signIn(product.webUrl, email, password), desk: await deskAt(product.webUrl, email, password) };
      },
      async end() {
        await product.stop();
        await stack.stop();
        for (const group of lines) await group.close();
      },
    };
  } catch (error) {
    for (const one of opened.toReversed()) await one.close().catch(() => undefined);
    await stack.stop();
    throw error;
  }
}

/** Ports are chosen before they are listened on: another run on this machine may take one in between, and then all is tried again with others. */
async function startedWithin<Started>(tries: number, say: (line: string) => void, start: () => Promise<Started>): Promise<Started> {
  for (let left = tries - 1; ; left -= 1)
    try {
      return await start();
    } catch (error) {
      if (left === 0) throw error;
      say(`  the product does not start and is tried again: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
    }
}

async function restartCrashed(stack: Stack, server: ServerName, say: (line: string) => void): Promise<void> {
  await stack.restart(server).catch((error: unknown) => say(`  ${server} does not start again: ${String(error)}`));
}
