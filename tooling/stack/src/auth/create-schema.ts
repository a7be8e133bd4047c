import { withConnection } from "../database/connect.ts";

/**
 * Creates the auth server's tables (auth.users, auth.identities …) before the first migration, which may refer to them.
 * Runs as the limited role that owns the schema, so nothing outside `auth` can change.
 */
export async function createAuthSchema(authUrl: string): Promise<void> {
  process.env.LITE_TELEMETRY = "0";
  process.env.DO_NOT_TRACK = "1";
  const { App } = await import("@supabase/lite");
  const { createPostgresConnection } = await import("@supabase/lite/postgres");
  const { authOptions } = await import("./options.ts");
  const connection = createPostgresConnection({ url: authUrl, postgresOptions: { onnotice: () => undefined } });
  try {
    const app = new App({
      connection,
      auth: authOptions("unused while only tables are made".padEnd(40), "http://127.0.0.1"),
      db: { migrations: { enabled: false } },
    });
    await app.ensureSystemSchema();
  } finally {
    await connection.close();
  }
  await withConnection(authUrl, (client) => client.query("select id from auth.users limit 0"));
}
