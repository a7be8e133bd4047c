import { createHash } from "node:crypto";
import type { Command } from "./resp.ts";

/** Commands that change the shared connection, block it, or administer the server: Upstash refuses them over REST. */
const refused = new Set([
  ..."SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE MONITOR MULTI EXEC DISCARD WATCH UNWATCH".split(" "),
  ..."SELECT SWAPDB AUTH HELLO QUIT RESET CLIENT SHUTDOWN CONFIG DEBUG REPLICAOF SLAVEOF FAILOVER MODULE SYNC PSYNC WAIT WAITAOF".split(
    " ",
  ),
  ..."BLPOP BRPOP BLMOVE BRPOPLPUSH BLMPOP BZPOPMIN BZPOPMAX BZMPOP".split(" "),
]);

/** The error text for a command that may not be run, `undefined` for one that may. */
export function refusal(command: unknown): string | undefined {
  if (!Array.isArray(command) || command.length === 0) return "ERR empty command";
  if (!refused.has(nameOf(command))) return undefined;
  return `ERR Command is not available: '${String(command[0])}'. See https://upstash.com/docs/redis/overall/rediscompatibility for details`;
}

/**
 * Scripts of `@upstash/ratelimit` 2.1 and later begin with a flag line that only Upstash's server knows. The line is dropped, and a
 * later EVALSHA with the hash of the original text is led to the hash of what was loaded.
 */
export class ScriptRewriter {
  readonly #loadedHash = new Map<string, string>();

  rewrite(command: Command): Command {
    const name = nameOf(command);
    const at = scriptPosition(command, name);
    const script = at === undefined ? undefined : command[at];
    if (at !== undefined && typeof script === "string" && script.startsWith("#!lua flags=allow-key-locking")) {
      const plain = script.replace(/^#![^\n]*/, "");
      this.#loadedHash.set(sha1(script), sha1(plain));
      return command.with(at, plain);
    }
    const loaded = name.startsWith("EVALSHA") ? this.#loadedHash.get(String(command[1])) : undefined;
    return loaded === undefined ? command : command.with(1, loaded);
  }
}

function scriptPosition(command: Command, name: string): number | undefined {
  if (name === "EVAL" || name === "EVAL_RO") return 1;
  if (name === "SCRIPT" && String(command[1]).toUpperCase() === "LOAD") return 2;
  return undefined;
}

function nameOf(command: Command): string {
  return String(command[0]).toUpperCase();
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
