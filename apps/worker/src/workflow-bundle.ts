import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultFailureConverterPath } from "@herald/temporal/codec";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";

const workflowsEntry = (): string => fileURLToPath(import.meta.resolve("@herald/workflows"));

/** Builds the code that workflow sandboxes run. The bundle converts failures as its worker does. */
export async function buildWorkflowBundle(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflowsEntry(),
    failureConverterPath: defaultFailureConverterPath,
    logger: new DefaultLogger("WARN"),
  });
  return code;
}

/** Path of a bundle of the present sources: built once per content, so that a restart costs nothing. */
export async function cachedWorkflowBundle(folder: string): Promise<string> {
  const path = join(folder, `workflows-${await contentHash()}.js`);
  if (await readFile(path).then(isThere, isMissing)) return path;
  await mkdir(folder, { recursive: true });
  // renamed into place: another process of this machine may be building the same
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, await buildWorkflowBundle());
  await rename(draft, path);
  return path;
}

const isThere = (): boolean => true;
const isMissing = (): boolean => false;

/** Over every source a bundle may be made of: the workflows, the contract and the domains' pure files, and the SDK's version. */
async function contentHash(): Promise<string> {
  const packages = dirname(dirname(dirname(workflowsEntry())));
  const hash = createHash("sha256").update(process.version);
  for (const folder of ["workflows/src", "temporal/src", "campaign/src/dispatch", "kernel/src"]) {
    const files = await readdir(join(packages, folder), { recursive: true });
    for (const file of files.filter((name) => name.endsWith(".ts")).toSorted())
      hash.update(file).update(await readFile(join(packages, folder, file)));
  }
  hash
    .update(await readFile(join(packages, "workflows/package.json")))
    .update(await readFile(fileURLToPath(import.meta.resolve("@temporalio/worker/package.json"))));
  return hash.digest("hex").slice(0, 16);
}
