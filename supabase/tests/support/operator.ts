import type pg from "pg";

/** What a member's verb calls, in a transaction of role herald_verbs as its adapter makes it. */

export type Acting = { readonly workspaceId: string; readonly userId: string };
export type Decision = { readonly moved: number; readonly more: number; readonly is_overflow_unread: boolean; readonly status: string };
export type Resend = Decision & { readonly run_no: number; readonly control_seq: string };

export async function asMember<T>(client: pg.Client, { workspaceId, userId }: Acting, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    await client.query("select set_config('request.jwt.claims', $1, true), herald.enter_workspace($2)", [
      JSON.stringify({ sub: userId, role: "authenticated" }),
      workspaceId,
    ]);
    const value = await work();
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

type Choice = {
  readonly what?: "unknown" | "failed";
  readonly reasons?: readonly string[];
  readonly messageIds?: readonly string[];
  readonly limit?: number;
};

export const resend = (client: pg.Client, acting: Acting, campaignId: string, choice: Choice = {}): Promise<Resend> =>
  asMember(client, acting, async () => {
    const { rows } = await client.query<Resend>("select * from herald.resend_messages($1, $2, $3, $4, $5, '72 hours')", [
      campaignId,
      choice.what ?? "unknown",
      choice.reasons ?? null,
      choice.messageIds ?? null,
      choice.limit ?? 1000,
    ]);
    return onlyOne(rows);
  });

export const writeOff = (
  client: pg.Client,
  acting: Acting,
  campaignId: string,
  messageIds: readonly string[] | null = null,
  what: "unknown" | "held" = "unknown",
): Promise<Decision> =>
  asMember(client, acting, async () => {
    const { rows } = await client.query<Decision>("select * from herald.write_off_messages($1, $2, $3, 1000)", [
      campaignId,
      what,
      messageIds,
    ]);
    return onlyOne(rows);
  });

/** The overflow as the worker's loop leaves it: read, so long after all that happened before that no put of its answers is under way. */
export async function overflowRead(client: pg.Client, waiting = 0): Promise<void> {
  await client.query(
    "insert into overflow_watch (waiting, checked_at) values ($1, clock_timestamp() + interval '20 seconds') on conflict (singleton) do update set waiting = excluded.waiting, checked_at = excluded.checked_at",
    [waiting],
  );
}

function onlyOne<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("the function answered no row");
  return row;
}
