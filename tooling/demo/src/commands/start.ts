import { parseArgs } from "node:util";
import { assertNode } from "@herald/stack";

/**
 * Everything up, then the spring sale to 2,000 people through the real doors, then ledger beside truth. Stays until Ctrl-C or `pnpm stop`;
 * with `--once` it ends, and exits 0 only if ledger, provider and MongoDB agree. `--fresh` begins with an empty state folder.
 */
async function start(): Promise<number> {
  assertNode();
  const { bootStack, defaultStateDir, interruption, progressLine, untilInterrupted } = await import("@herald/stack");
  const {
    audit,
    demoMembers,
    demoPassword,
    describeAudit,
    launchSpringSale,
    progressBar,
    runProduct,
    seed,
    signIn,
    springSaleCsv,
    springSaleRules,
    untilFinal,
  } = await import("../index.ts");
  const { values } = parseArgs({ options: { once: { type: "boolean", default: false }, fresh: { type: "boolean", default: false } } });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const onProgress = (progress: Parameters<typeof progressLine>[0]): void => say(progressLine(progress));
  const signal = interruption();
  const crash = Promise.withResolvers<string>();
  const startedMs = performance.now();
  const stack = await bootStack({
    stateDir: defaultStateDir(),
    fresh: values.fresh,
    signal,
    onProgress,
    onCrash: ({ message }) => crash.resolve(message),
  });
  let stopProduct = (): Promise<void> => Promise.resolve();
  const demo = async (): Promise<number> => {
    await seed(stack.settings);
    const product = await runProduct({ stateDir: stack.stateDir, settings: stack.settings, onProgress, timeScale: 0.1, webPort: 3000 });
    stopProduct = product.stop;
    await product.simulator.script(springSaleRules);
    const member = demoMembers.find((one) => one.role === "member") ?? demoMembers[0];
    if (!member) throw new Error("the story has no members");
    const operator = await signIn(product.webUrl, member.email, demoPassword);
    const name = `Spring sale ${new Date().toISOString().slice(0, 19)}`;
    const { preview, launch } = await launchSpringSale(operator, { name: "spring-sale.csv", csv: springSaleCsv }, name);
    say(`\n${name}: ${preview.matched} chosen − ${preview.matched - preview.eligible} left out = ${preview.eligible} will receive`);
    for (const { reason, count } of preview.excluded) say(`  left out: ${count} ${reason}`);
    const bar = progressBar((text) => process.stdout.write(text), process.stdout.isTTY);
    let isFirst = true;
    await untilFinal(operator, launch.campaignId, 180_000, (view) => {
      const begun = view.ledger.planned - (view.ledger.counts["queued"] ?? 0) - (view.ledger.counts["skipped"] ?? 0) > 0;
      if (isFirst && begun) say(`  first message after ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
      isFirst &&= !begun;
      bar.show(view);
    });
    bar.end();
    const result = await audit(stack.settings, product.simulator, launch.campaignId);
    say(describeAudit(result));
    const isGood = result.problems.length === 0 && result.comparison.doubled === 0 && result.comparison.lost === 0;
    if (values.once) return isGood ? 0 : 1;
    say(
      `\n  Panel      ${product.webUrl}\n  Sign-in    ${member.email} / ${demoPassword}\n  Simulator  ${product.simulatorUrl}/_truth/summary\n\nCtrl-C or \`pnpm stop\` ends it; its state is kept.`,
    );
    await untilInterrupted(signal);
    return 0;
  };
  try {
    const interrupted = untilInterrupted(signal).then(() => 0);
    const crashed = crash.promise.then((message) => {
      process.stderr.write(`${message}\n`);
      return 1;
    });
    return await Promise.race([demo(), interrupted, crashed]);
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
