import { expect, test } from "vitest";
import { readHead } from "./file-head.ts";
import { linesFrom } from "./import-lines.ts";

test("of an answer that still grows only whole lines are read, each once", () => {
  const text = '{"progress":{"rowsRead":1}}\n{"progress":{"rowsRead":2}}\n{"do';
  const first = linesFrom(text, 0);
  expect(first.lines).toEqual([{ progress: { rowsRead: 1 } }, { progress: { rowsRead: 2 } }]);
  expect(linesFrom(text, first.next)).toEqual({ lines: [], next: first.next });
  expect(linesFrom(`${text}ne":{}}\n`, first.next).lines).toEqual([{ done: {} }]);
});

const file = (text: string): File => new File([text], "people.csv");

test("a small file is tried whole; of a large one the beginning up to the end of a line, with a guess at its rows", async () => {
  const small = await readHead(file("phone\n1\n2\n3"));
  expect([small.isCut, await small.bytes.text()]).toEqual([false, "phone\n1\n2\n3"]);
  const row = `${"x".repeat(99)}\n`;
  const large = await readHead(file(row.repeat(20_000)));
  expect([large.isCut, large.bytes.size, large.expectedRows]).toEqual([true, 500_000, 19_999]);
  expect((await readHead(file(`${row}${"y".repeat(600_000)}`))).bytes.size).toBe(100);
});
