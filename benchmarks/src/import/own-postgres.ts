import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bootStack, interruption, progressLine, type Stack } from "@herald/stack";
import pg from "pg";
import { interrupted } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { cpuSecondsOfTree } from "../measure/process-tree.ts";

export type OwnPostgres = { readonly pid: number; readonly url: (setting: string) => string; readonly end: () => Promise<void> };

/** Boots an empty, migrated Postgres of this run alone and measures with it; leaves nothing running and no file, also after Ctrl-C. */
export async function inOwnPostgres<Answer>(
  say: (line: string) => void,
  measure: (postgres: OwnPostgres) => Promise<Answer>,
): Promise<Answer> {
  const signal = interruption();
  const postgres = await ownPostgres(say, signal);
  try {
    return await Promise.race([measure(postgres), interrupted(signal)]);
  } finally {
    await postgres.end();
  }
}

/** What a piece of work took: seconds by the wall, CPU seconds of this process and of Postgres (absent where there is no /proc). */
type Cost = { readonly seconds: number; readonly cpuSeconds: number; readonly postgresCpuSeconds?: number };

export async function costOf<Answer>(
  postgres: OwnPostgres,
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly cost: Cost }> {
  const postgresBefore = cpuSecondsOfTree(postgres.pid);
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  const answer = await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const postgresAfter = cpuSecondsOfTree(postgres.pid);
  const ofPostgres =
    postgresBefore === undefined || postgresAfter === undefined ? {} : { postgresCpuSeconds: rounded(postgresAfter - postgresBefore, 3) };
  return { answer, cost: { seconds: rounded(seconds, 3), cpuSeconds: rounded((cpu.user + cpu.system) / 1e6, 3), ...ofPostgres } };
}

/** The highest memory of this process so far, Node's own included. */
export const highestRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** A connection of the database's owner for one piece of work: what no verb makes. */
export async function asOwner<Answer>(postgres: OwnPostgres, work: (owner: pg.Client) => Promise<Answer>): Promise<Answer> {
  const owner = new pg.Client({ connectionString: postgres.url("OWNER_DATABASE_URL") });
  owner.on("error", () => undefined); // what it was asked fails too; unheard, this would end the process before its servers are stopped
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** In a folder that is deleted with it: figures do not depend on what was there before. */
async function ownPostgres(say: (line: string) => void, signal: AbortSignal): Promise<OwnPostgres> {
  const stateDir = mkdtempSync(path.join(tmpdir(), "herald-bench-"));
  // started by root, Postgres runs as another user and has to reach its folder through this one
  chmodSync(stateDir, 0o755);
  const removeFolder = (): void => rmSync(stateDir, { recursive: true, force: true });
  try {
    const stack = await bootStack({ stateDir, only: ["postgres"], signal, onProgress: (progress) => say(progressLine(progress)) });
    return {
      pid: pidOf(stack),
      url: (setting) => stack.settings[setting] ?? fail(`the stack has no ${setting}`),
      async end() {
        await stack.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

const pidOf = (stack: Stack): number => stack.servers.find(({ name }) => name === "postgres")?.pid ?? fail("Postgres has no process");

function fail(what: string): never {
  throw new Error(what);
}
