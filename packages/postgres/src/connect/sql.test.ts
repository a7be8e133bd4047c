import { expect, test } from "vitest";
import { inTurn, type Sql } from "./sql.ts";

test("statements of one connection run one after another in the order of their calls, also after one that fails", async () => {
  const log: string[] = [];
  const sql: Sql = async (text) => {
    log.push(`begin ${text}`);
    await Promise.resolve();
    log.push(`end ${text}`);
    if (text === "b") throw new Error("b failed");
    return [];
  };
  const turn = inTurn(sql);
  const answers = await Promise.allSettled([turn("a"), turn("b"), turn("c")]);
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(log).toEqual(["begin a", "end a", "begin b", "end b", "begin c", "end c"]);
});
