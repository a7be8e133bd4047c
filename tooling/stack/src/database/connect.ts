import pg from "pg";

const connectTimeoutMs = 5_000;

/** Runs `work` on a connection of its own and closes it. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs, application_name: "herald-stack" });
  client.on("error", () => undefined); // a server killed on purpose must not end the launcher; the query itself rejects
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** True when the server answers a query. */
export async function canConnect(url: string): Promise<boolean> {
  await withConnection(url, (client) => client.query("select 1"));
  return true;
}
