import { renameSync } from "node:fs";
import path from "node:path";
import { within } from "../processes/wait.ts";
import { cachedFolder, installIntoCache } from "./cache.ts";
import { run } from "./run.ts";
import type { InstallContext } from "./tool.ts";

export const mongodVersion = "8.2.6";

const folderName = `mongod-${mongodVersion}`;
/** The vendor's server of downloads. Asked first, so that a machine without open internet goes on at once. */
const downloads = "https://fastdl.mongodb.org";
const reachTimeoutMs = 3_000;
const downloadTimeoutMs = 5 * 60_000;

export function cachedMongod(): string {
  return path.join(cachedFolder(folderName), "mongod");
}

/** Downloads the real server with `mongodb-memory-server` (MD5 checked) and tries it: it may lack a library this system does not have. */
export async function installMongod(context: InstallContext): Promise<void> {
  await fetch(downloads, { method: "HEAD", signal: AbortSignal.timeout(reachTimeoutMs) }).catch(() => {
    throw new Error(`${new URL(downloads).host} cannot be reached from here`);
  });
  const { MongoBinary } = await import("mongodb-memory-server-core");
  await installIntoCache(folderName, context, async (draft) => {
    context.report(`downloading mongod ${mongodVersion}`);
    const download = MongoBinary.getPath({ version: mongodVersion, downloadDir: draft, checkMD5: true });
    renameSync(await within("the download of mongod", downloadTimeoutMs, download), path.join(draft, "mongod"));
    await run(path.join(draft, "mongod"), ["--version"], { timeoutMs: 20_000 });
  });
}
