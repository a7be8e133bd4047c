import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
/** A process of its own: in this one the bundler would leave 150 MB. */
const builder = fileURLToPath(new URL("build.ts", import.meta.url));

const workflowsEntry = (): string => fileURLToPath(import.meta.resolve("@herald/workflows"));

/** Path of a bundle of the present sources: built once per content, so that a restart costs nothing. */
export async function cachedWorkflowBundle(folder: string): Promise<string> {
  const path = join(folder, `workflows-${await contentHash()}.js`);
  if (await readFile(path).then(isThere, isMissing)) return path;
  // renamed into place: another process of this machine may be building the same
  const draft = `${path}.${process.pid}`;
  await run(process.execPath, [builder, draft]);
  await rename(draft, path);
  return path;
}

const isThere = (): boolean => true;
const isMissing = (): boolean => false;

/** Over every source a bundle may be made of: the workflows, the contract and the domains' pure files, how it is built, and the SDK's version. */
async function contentHash(): Promise<string> {
  const packages = dirname(dirname(dirname(workflowsEntry())));
  const hash = createHash("sha256").update(process.version);
  for (const folder of ["workflows/src", "temporal/src", "campaign/src/dispatch", "kernel/src"]) {
    const files = await readdir(join(packages, folder), { recursive: true });
    for (const file of files.filter((name) => name.endsWith(".ts")).toSorted())
      hash.update(file).update(await readFile(join(packages, folder, file)));
  }
  hash
    .update(await readFile(builder))
    .update(await readFile(join(packages, "workflows/package.json")))
    .update(await readFile(fileURLToPath(import.meta.resolve("@temporalio/worker/package.json"))));
  return hash.digest("hex").slice(0, 16);
}
