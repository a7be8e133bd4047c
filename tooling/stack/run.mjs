// Runs a command of the repository, e.g. `node tooling/stack/run.mjs tooling/stack/src/commands/stop.ts`, after a look at Node's
// version. Plain JavaScript: an older Node fails at the first TypeScript file, with a message nobody understands.
const neededMajor = 24;
const [node = "", , script = "", ...options] = process.argv;

if (Number.parseInt(process.versions.node, 10) < neededMajor) {
  process.stderr.write(
    `Herald needs Node ${neededMajor} or later, this is ${process.versions.node} (${process.execPath}).\n` +
      "The right one comes with the dependencies. Their installation has failed or is missing: run `npx -y pnpm@12.21.0 install`, then try again.\n",
  );
  process.exit(1);
}
const url = new URL(script, new URL("../../", import.meta.url));
process.argv = [node, url.pathname, ...options];
await import(url.href);
