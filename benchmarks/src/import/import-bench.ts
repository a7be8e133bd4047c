import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { importContacts, importLimits } from "@herald/contacts";
import { can } from "@herald/identity";
import { type Actor, expectOk, type UserId, type WorkspaceId } from "@herald/kernel";
import { createVerbs } from "@herald/postgres";
import { type Bench, countOptions, type Figures } from "../bench.ts";
import { asOwner, costOf, highestRssMb, inOwnPostgres, type OwnPostgres } from "./own-postgres.ts";
import { columns, peopleCsv } from "./people-csv.ts";

/** One import of new people, from the first byte of the file to the commit. Cold: neither code nor database has done it before. */
export const importBench: Bench = {
  name: "import",
  usage: "import --rows 50000",
  measures:
    "The CSV import verb and Postgres, from the first byte to the commit: one file of new people, one process, one cold run, an empty database of its own. HTTP is not in it.",
  async run(args, say) {
    const { rows } = countOptions(args, { rows: { default: 50_000, min: 1, max: importLimits.rows } });
    return inOwnPostgres(say, (postgres) => measure(rows, postgres, say));
  },
};

async function measure(rows: number, postgres: OwnPostgres, say: (line: string) => void): Promise<Figures> {
  const actor: Actor = { kind: "user", userId: randomUUID() as UserId, role: "owner" };
  const workspaceId = randomUUID() as WorkspaceId;
  await createWorkspace(postgres, workspaceId, actor.userId);
  const parts = peopleCsv(rows);
  const verbs = createVerbs({ url: postgres.url("VERBS_DATABASE_URL"), applicationName: "herald-bench", maxConnections: 1 });
  say(`importing ${rows} rows`);
  try {
    const { answer: summary, cost } = await costOf(postgres, () =>
      verbs.inTransaction(actor, workspaceId, (ports) =>
        importContacts(
          { ...ports, allows: (action) => can(actor, action, { onlyAdminsSend: false }) },
          { fileName: "bench.csv", listName: "Bench", mapping: columns, content: Readable.from(parts) },
        ),
      ),
    );
    const { added } = expectOk(summary, "the import was refused");
    if (added !== rows) throw new Error(`${added} of ${rows} rows were added: what was measured is not what was meant`);
    return {
      rows,
      ...cost,
      rowsPerSecond: Math.round(rows / cost.seconds),
      // the file itself included
      rssMb: highestRssMb(),
    };
  } finally {
    await verbs.close();
  }
}

/** No verb of the product makes a workspace yet, so its owner's connection does. */
async function createWorkspace(postgres: OwnPostgres, workspaceId: WorkspaceId, userId: UserId): Promise<void> {
  await asOwner(postgres, async (owner) => {
    await owner.query("insert into workspaces (id, name, default_country) values ($1, 'Bench', 'AE')", [workspaceId]);
    await owner.query("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'owner')", [workspaceId, userId]);
  });
}
