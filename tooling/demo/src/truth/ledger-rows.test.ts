import type { Client } from "pg";
import { expect, test } from "vitest";
import { withLedger } from "./ledger-rows.ts";

/** A database with these attempts, as `[message, attempt]`; it answers a page as the statement asks for it. */
function aDatabase(attempts: readonly (readonly [number, number])[]) {
  const asked: string[] = [];
  const query = async (sql: string, values: readonly unknown[] = []): Promise<{ rows: object[] }> => {
    asked.push(sql.trim().split(" ")[0] ?? "");
    if (!sql.includes("limit")) return { rows: [{ status: "sent", planned: attempts.length }] };
    const [, message, attempt, limit] = values.map(Number) as [number, number, number, number];
    const after = attempts.filter(([one, number]) => one > message || (one === message && number > attempt));
    return { rows: after.slice(0, limit).map(([one, number]) => ({ messageId: String(one), attempt: number })) };
  };
  return { asked, owner: { query } as unknown as Client };
}

test.each([0, 1, 4, 5, 6, 12])(
  "%i attempts come in pages of five: each once, in one snapshot, also when a message's attempts lie on two pages",
  async (count) => {
    const attempts = Array.from({ length: count }, (_, index) => [Math.floor(index / 3) + 7, (index % 3) + 1] as const);
    const { asked, owner } = aDatabase(attempts);
    const pages = await withLedger(
      owner,
      "c",
      async (_ledger, all) => {
        const seen: (readonly [number, number])[][] = [];
        for await (const page of all) seen.push(page.map(({ messageId, attempt }) => [Number(messageId), attempt]));
        return seen;
      },
      5,
    );
    expect(pages.flat()).toEqual(attempts);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(5);
    expect([asked[0], asked.at(-1)]).toEqual(["begin", "rollback"]);
  },
);
