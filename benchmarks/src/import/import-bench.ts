import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { importContacts, importLimits } from "@herald/contacts";
import { can } from "@herald/identity";
import { type Actor, expectOk, type UserId, type WorkspaceId } from "@herald/kernel";
import { createVerbs } from "@herald/postgres";
import { interruption } from "@herald/stack";
import pg from "pg";
import { type Bench, countOption, type Figures, interrupted, UsageError } from "../bench.ts";
import { cpuSecondsOfTree } from "../measure/process-tree.ts";
import { ownPostgres } from "./own-postgres.ts";
import { columns, peopleCsv } from "./people-csv.ts";

/** One import of new people, from the first byte of the file to the commit. Cold: neither code nor database has done it before. */
export const importBench: Bench = {
  name: "import",
  usage: "import --rows 50000",
  measures:
    "The CSV import verb and Postgres, from the first byte to the commit: one file of new people, one process, one cold run, an empty database of its own. HTTP is not in it.",
  async run(args, say) {
    const rows = rowsOf(args);
    const signal = interruption();
    const postgres = await ownPostgres(say, signal);
    try {
      return await Promise.race([measure(rows, postgres, say), interrupted(signal)]);
    } finally {
      await postgres.end();
    }
  },
};

function rowsOf(args: readonly string[]): number {
  try {
    const { values } = parseArgs({ args: [...args], options: { rows: { type: "string", default: "50000" } } });
    return countOption("rows", values.rows, { min: 1, max: importLimits.rows });
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

async function measure(rows: number, postgres: Awaited<ReturnType<typeof ownPostgres>>, say: (line: string) => void): Promise<Figures> {
  const actor: Actor = { kind: "user", userId: randomUUID() as UserId, role: "owner" };
  const workspaceId = randomUUID() as WorkspaceId;
  await createWorkspace(postgres.url("OWNER_DATABASE_URL"), workspaceId, actor.userId);
  const parts = peopleCsv(rows);
  const verbs = createVerbs({ url: postgres.url("VERBS_DATABASE_URL"), applicationName: "herald-bench", maxConnections: 1 });
  say(`importing ${rows} rows`);
  try {
    const postgresBefore = cpuSecondsOfTree(postgres.pid);
    const cpuBefore = process.cpuUsage();
    const startedMs = performance.now();
    const summary = await verbs.inTransaction(actor, workspaceId, (ports) =>
      importContacts(
        { ...ports, allows: (action) => can(actor, action, { onlyAdminsSend: false }) },
        { fileName: "bench.csv", listName: "Bench", mapping: columns, content: Readable.from(parts) },
      ),
    );
    const seconds = (performance.now() - startedMs) / 1000;
    const cpu = process.cpuUsage(cpuBefore);
    const postgresAfter = cpuSecondsOfTree(postgres.pid);

    const { added } = expectOk(summary, "the import was refused");
    if (added !== rows) throw new Error(`${added} of ${rows} rows were added: what was measured is not what was meant`);
    return {
      rows,
      seconds: round(seconds),
      rowsPerSecond: Math.round(rows / seconds),
      cpuSeconds: round((cpu.user + cpu.system) / 1e6),
      // the highest so far, the file itself and Node's own memory included
      rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      ...(postgresBefore === undefined || postgresAfter === undefined ? {} : { postgresCpuSeconds: round(postgresAfter - postgresBefore) }),
    };
  } finally {
    await verbs.close();
  }
}

/** No verb of the product makes a workspace yet, so its owner's connection does. */
async function createWorkspace(ownerUrl: string, workspaceId: WorkspaceId, userId: UserId): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  owner.on("error", () => undefined); // what it was asked fails too; unheard, this would end the process before its servers are stopped
  await owner.connect();
  try {
    await owner.query("insert into workspaces (id, name, default_country) values ($1, 'Bench', 'AE')", [workspaceId]);
    await owner.query("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'owner')", [workspaceId, userId]);
  } finally {
    await owner.end();
  }
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
