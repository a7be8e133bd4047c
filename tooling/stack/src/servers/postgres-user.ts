import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, statSync } from "node:fs";
import path from "node:path";
import type { ServerContext } from "../launcher/server.ts";

/**
 * Postgres refuses to run as root. `self`: we are not root. `namespace`: root looks like uid 1000 to the process, so files stay
 * root's and folders closed to others (/root, a 0700 temp folder) are no obstacle. `account`: the system user `postgres`.
 */
type RunsAs = "self" | "namespace" | "account";

interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const factName = "postgres.runs-as";
const namespaceArgs = ["--user", "--map-user=1000", "--map-group=1000"] as const;

/** The command line that runs a Postgres program as somebody it accepts. The choice is kept: the data belongs to that user. */
export function asPostgresUser(context: ServerContext, program: string, args: readonly string[]): Launch {
  const mode = runsAs(context, program);
  if (mode === "self") return { command: program, args };
  if (mode === "namespace") return { command: "unshare", args: [...namespaceArgs, program, ...args] };
  return { command: program, args, ...accountIds() };
}

/** Hands a file or folder to the user Postgres runs as. */
export function giveToPostgres(context: ServerContext, target: string): void {
  if (context.state.fact(factName) !== "account") return;
  const { uid, gid } = accountIds();
  chownSync(target, uid, gid);
}

function runsAs(context: ServerContext, program: string): RunsAs {
  const kept = context.state.fact(factName) as RunsAs | undefined;
  if (kept !== undefined) return kept;
  const mode = choose(context.stateDir, program);
  context.state.setFact(factName, mode);
  return mode;
}

function choose(stateDir: string, program: string): RunsAs {
  if (process.getuid?.() !== 0) return "self";
  if (succeeds("unshare", [...namespaceArgs, "true"])) return "namespace";
  const closed = [path.dirname(program), path.dirname(stateDir)].map(closedParent).find((folder) => folder !== undefined);
  if (closed !== undefined) {
    throw new Error(
      `Postgres does not run as root, user namespaces are not allowed here, and its own user cannot enter ${closed} (mode 0700). ` +
        "Put the clone and HERALD_STATE_DIR under a folder that others may enter, or start as a normal user.",
    );
  }
  if (!succeeds("id", ["postgres"])) {
    execFileSync("groupadd", ["--system", "postgres"]);
    execFileSync("useradd", ["--system", "--no-create-home", "-g", "postgres", "postgres"]);
  }
  for (const folder of [stateDir, path.join(stateDir, "data")]) chmodSync(folder, 0o711); // enter, not list; secrets inside are 0600
  return "account";
}

function accountIds(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** The first folder on the way to `target` that other users cannot enter. */
function closedParent(target: string): string | undefined {
  const parents: string[] = [];
  for (let folder = path.resolve(target); folder !== path.dirname(folder); folder = path.dirname(folder)) parents.unshift(folder);
  return parents.find((folder) => (statSync(folder).mode & 0o001) === 0);
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore", timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
