import { assertNode } from "../launcher/node-version.ts";

/** Ends the stack that runs on the state folder, waits for it and says what was done. */
async function stop(): Promise<number> {
  assertNode();
  const { defaultStateDir, stopStack } = await import("../index.ts");
  const stateDir = defaultStateDir();
  const { launcherPid, reaped } = await stopStack(stateDir);
  const done = [
    ...(launcherPid === undefined ? [] : [`the launcher (pid ${launcherPid}) has stopped its servers and ended`]),
    ...(reaped.length === 0 ? [] : [`ended what had no launcher any more: ${reaped.join(", ")}`]),
  ];
  process.stdout.write(`${done.length === 0 ? `nothing runs on ${stateDir}` : done.join("\n")}\n`);
  return 0;
}

process.exitCode = await stop().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});
