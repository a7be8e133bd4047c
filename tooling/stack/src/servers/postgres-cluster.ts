import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ownerPassword } from "../database/urls.ts";
import type { ServerContext } from "../launcher/server.ts";
import { childEnvironment } from "../processes/environment.ts";
import { ensureFolder } from "../processes/paths.ts";
import { within } from "../processes/wait.ts";
import { postgresPrograms } from "./postgres-tool.ts";
import { asPostgresUser, giveToPostgres } from "./postgres-user.ts";

const initdbTimeoutMs = 120_000;

/** Makes a new database folder. All or nothing: an interrupted initdb leaves a draft, never a folder that looks complete. */
export async function createCluster(context: ServerContext, folder: string): Promise<void> {
  context.report("creating the database folder (initdb)");
  ensureFolder(path.dirname(folder));
  const draft = `${folder}.draft`;
  const passwordFile = `${folder}.password`;
  rmSync(draft, { recursive: true, force: true });
  // The built-in C.UTF-8 locale sorts the same on every machine, whatever locales it has.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const args = ["-D", draft, "--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", ...locale];
  const launch = asPostgresUser(context, postgresPrograms(context.tool).initdb, args);
  writeFileSync(passwordFile, `${ownerPassword(context)}\n`, { mode: 0o600 });
  giveToPostgres(context, passwordFile);
  giveToPostgres(context, ensureFolder(draft));
  try {
    await initdb(launch);
    renameSync(draft, folder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initdb({ command, args, ...user }: ReturnType<typeof asPostgresUser>): Promise<void> {
  const child = spawn(command, args, { ...user, stdio: ["ignore", "ignore", "pipe"], env: childEnvironment({ LC_ALL: "C" }) });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  try {
    const [code] = await within("initdb to end", initdbTimeoutMs, once(child, "close"));
    if (code !== 0) throw new Error(`initdb ended with ${code}:\n${said.trim()}`);
  } finally {
    child.kill("SIGKILL");
  }
}
