import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildWorkflowBundle } from "./workflow-bundle.ts";

/** `pnpm --filter @herald/worker build`: the workflow bundle as an image carries it. */
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
await mkdir(dist, { recursive: true });
await writeFile(`${dist}workflows.js`, await buildWorkflowBundle());
