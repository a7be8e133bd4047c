import type pg from "pg";

/** Runs one statement and answers its rows. An adapter does not care whether it runs alone or inside a transaction. */
export type Sql = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

export const sqlOf =
  (db: pg.Pool | pg.ClientBase): Sql =>
  async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await (db as pg.ClientBase).query<Row>(text, [...values])).rows;

/** The same, one statement after another in the order of the calls: a connection takes only one at a time. */
export function inTurn(sql: Sql): Sql {
  let last: Promise<unknown> = Promise.resolve();
  return <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => {
    const answer = last.then(() => sql<Row>(text, values));
    last = answer.catch(() => undefined);
    return answer;
  };
}

/** The row of a statement that answers exactly one. */
export async function one<Row extends pg.QueryResultRow>(sql: Sql, text: string, values?: readonly unknown[]): Promise<Row> {
  const [row, ...more] = await sql<Row>(text, values);
  if (row === undefined || more.length > 0) throw new Error(`expected one row, got ${row === undefined ? 0 : more.length + 1}`);
  return row;
}

/** The row of a statement that answers one or none. */
export async function oneOrNone<Row extends pg.QueryResultRow>(sql: Sql, text: string, values?: readonly unknown[]): Promise<Row | null> {
  return (await sql<Row>(text, values))[0] ?? null;
}

/** SQL for a timestamp as milliseconds since the Unix epoch, sub-millisecond digits kept. */
export const msOf = (column: string): string => `(extract(epoch from ${column}) * 1000)::double precision`;

/** SQL for a parameter in milliseconds since the Unix epoch as a timestamp; null stays null. */
export const timestampOf = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;
