import { parseArgs } from "node:util";
import { assertNode } from "../launcher/node-version.ts";

/** Boots the servers (no campaign) and stays until Ctrl-C. `--fresh` begins with an empty state folder, `--only postgres,temporal` boots a part. */
async function up(): Promise<number> {
  assertNode();
  const { bootStack, defaultStateDir, progressLine, serverNames, statePaths } = await import("../index.ts");
  const { interruption, untilInterrupted } = await import("./interrupt.ts");
  const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false }, only: { type: "string" } } });
  const only = values.only?.split(",") ?? serverNames;
  const named = serverNames.filter((name) => only.includes(name));
  if (named.length !== only.length) throw new Error(`--only takes names of these, with commas between: ${serverNames.join(", ")}`);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const signal = interruption();
  const crash = Promise.withResolvers<string>();
  const stack = await bootStack({
    stateDir: defaultStateDir(),
    fresh: values.fresh,
    only: named,
    signal,
    onProgress: (progress) => say(progressLine(progress)),
    onCrash: ({ message }) => crash.resolve(message),
  });
  say(`\nThe stack is up. Settings: ${statePaths.settings(stack.stateDir)}\nCtrl-C or \`pnpm stop\` ends it; its state is kept.`);
  const crashed = await Promise.race([crash.promise, untilInterrupted(signal)]);
  say(crashed ?? "\nstopping");
  await stack.stop();
  say("stopped");
  return crashed === undefined ? 0 : 1;
}

process.exitCode = await up().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});
