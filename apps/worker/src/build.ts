import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultFailureConverterPath } from "@herald/temporal/codec";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";

/**
 * `pnpm --filter @herald/worker build`: the code that workflow sandboxes run, as an image carries it; given a path, it is written there. The bundle
 * converts failures as its worker does.
 */
const path = process.argv[2] ?? fileURLToPath(new URL("../dist/workflows.js", import.meta.url));
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(import.meta.resolve("@herald/workflows")),
  failureConverterPath: defaultFailureConverterPath,
  logger: new DefaultLogger("WARN"),
});
await mkdir(dirname(path), { recursive: true });
await writeFile(path, withoutSources(code));

/** A stack trace needs the map's lines; the text of the sources, half of the file, would be in memory four times. */
function withoutSources(bundle: string): string {
  const start = bundle.lastIndexOf("base64,") + "base64,".length;
  const map = JSON.parse(Buffer.from(bundle.slice(start), "base64").toString()) as Record<string, unknown>;
  return bundle.slice(0, start) + Buffer.from(JSON.stringify({ ...map, sourcesContent: undefined })).toString("base64");
}
