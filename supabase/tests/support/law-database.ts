import { type TestDatabase, testDatabase } from "@herald/testkit";
import pg from "pg";

export type LoginRole = keyof TestDatabase["urls"];
/** Roles of the API: PostgREST becomes one of them for each request. */
export type ApiRole = "authenticated" | "anon" | "service_role";

/** A database of the suite's own, seen through every role that the product has. */
export type LawDatabase = {
  /** Past every policy: for arranging and for looking, never for the call under test. */
  readonly owner: pg.Pool;
  readonly urls: TestDatabase["urls"];
  /** A connection of its own, closed with the database. */
  readonly connect: (role: LoginRole) => Promise<pg.Client>;
  /** One transaction as an API role with a person's claims (null: nobody's), as PostgREST makes it; rolled back. One after another. */
  readonly asApi: <T>(role: ApiRole, userId: string | null, work: (client: pg.Client) => Promise<T>) => Promise<T>;
  /** One transaction of the product in one workspace, as its adapter makes it; rolled back. One after another. */
  readonly asProduct: <T>(role: "verbs" | "engine", bound: Bound, work: (client: pg.Client) => Promise<T>) => Promise<T>;
  readonly drop: () => Promise<void>;
};
export type Bound = { readonly workspaceId: string; readonly userId?: string };

export async function lawDatabase(): Promise<LawDatabase> {
  const database = await testDatabase();
  const clients: pg.Client[] = [];
  const connect = async (role: LoginRole): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: database.urls[role] });
    client.on("error", () => undefined); // a test may end a connection from the server's side
    await client.connect();
    clients.push(client);
    return client;
  };
  const shared = new Map<LoginRole, Promise<pg.Client>>();
  const rolledBack = async <T>(
    role: LoginRole,
    bind: (client: pg.Client) => Promise<unknown>,
    work: (client: pg.Client) => Promise<T>,
  ): Promise<T> => {
    const opening = shared.get(role) ?? connect(role);
    shared.set(role, opening);
    const client = await opening;
    await client.query("begin");
    try {
      await bind(client);
      return await work(client);
    } finally {
      await client.query("rollback");
    }
  };
  return {
    owner: database.owner,
    urls: database.urls,
    connect,
    asApi: (role, userId, work) =>
      rolledBack(
        "owner",
        async (client) => {
          await client.query("select set_config('request.jwt.claims', $1, true)", [claimsOf(role, userId)]);
          await client.query(`set local role ${role}`);
        },
        work,
      ),
    asProduct: (role, { workspaceId, userId }, work) =>
      rolledBack(
        role,
        (client) =>
          client.query("select set_config('request.jwt.claims', $1, true), herald.enter_workspace($2)", [
            claimsOf("authenticated", userId ?? null),
            workspaceId,
          ]),
        work,
      ),
    async drop() {
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
      await database.drop();
    },
  };
}

const claimsOf = (role: string, userId: string | null): string => JSON.stringify(userId === null ? { role } : { role, sub: userId });

/** What Postgres answered to a statement: its rows, or the code of its refusal. The transaction goes on either way. */
export async function attempt(
  client: pg.Client,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ readonly rowCount: number } | { readonly refused: string }> {
  await client.query("savepoint attempted");
  try {
    const { rowCount } = await client.query(text, [...values]);
    await client.query("release attempted");
    return { rowCount: rowCount ?? 0 };
  } catch (error) {
    await client.query("rollback to attempted");
    if (error instanceof pg.DatabaseError) return { refused: error.code ?? "?" };
    throw error;
  }
}
