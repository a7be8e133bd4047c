import { parseArgs } from "node:util";
import { assertNode } from "@herald/stack";

/**
 * Everything up, then the spring sale to 2,000 people through the real doors, then ledger beside truth. Stays until Ctrl-C or `pnpm stop`.
 * `--once` ends, and exits 0 only if ledger, provider and MongoDB agree; `--no-campaign` only brings everything up; `--fresh` begins with an empty state folder.
 */
async function start(): Promise<number> {
  assertNode();
  const { bootStack, defaultStateDir, interruption, progressLine, untilInterrupted } = await import("@herald/stack");
  const { foreignPlace, runProduct, seed, shopAdmin, shopDesk, stopCommand } = await import("../index.ts");
  const { sellSpring } = await import("./sell-spring.ts");
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { once: flag, fresh: flag, "no-campaign": flag } });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const startedMs = performance.now();
  const onProgress = (progress: Parameters<typeof progressLine>[0]): void =>
    say(progressLine({ ...progress, elapsedMs: performance.now() - startedMs }));
  const signal = interruption();
  const crash = Promise.withResolvers<string>();
  const stack = await bootStack({
    stateDir: defaultStateDir(),
    fresh: values.fresh,
    signal,
    onProgress,
    onCrash: ({ message }) => crash.resolve(message),
  });
  let stopProduct = (): Promise<void> => Promise.resolve();
  const run = async (): Promise<number> => {
    if (!values["no-campaign"] || foreignPlace(stack.settings) === null) await seed(stack.settings);
    const product = await runProduct({ stateDir: stack.stateDir, settings: stack.settings, onProgress, timeScale: 0.1, webPort: 3000 });
    stopProduct = product.stop;
    const isGood = values["no-campaign"] || (await sellSpring({ product, settings: stack.settings, say, startedMs }));
    if (values.once) return isGood ? 0 : 1;
    say(
      `\n  Panel      ${product.webUrl}\n  Sign-in    ${shopDesk.email} / ${shopDesk.password}\n  As admin   ${shopAdmin.email} / ${shopAdmin.password}\n  Phones     ${product.simulatorUrl}/_phones\n  Truth      ${product.simulatorUrl}/_truth/summary`,
    );
    const stop = stopCommand(process.env.HERALD_STATE_DIR ? stack.stateDir : null);
    say(`\nCtrl-C, or \`${stop}\` in another terminal, ends it; its state is kept.`);
    await untilInterrupted(signal);
    return 0;
  };
  try {
    const interrupted = untilInterrupted(signal).then(() => 0);
    const crashed = crash.promise.then((message) => {
      process.stderr.write(`${message}\n`);
      return 1;
    });
    return await Promise.race([run(), interrupted, crashed]);
  } finally {
    say("stopping");
    await stopProduct();
    await stack.stop();
    say("stopped");
  }
}

// waiting for an interruption keeps the process alive, so it is ended by name
const exitCode = await start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
process.exit(exitCode);
