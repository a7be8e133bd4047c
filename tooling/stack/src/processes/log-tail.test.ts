import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryStateDir } from "../testing/test-stack.ts";
import { logLength, logTail } from "./log-tail.ts";

let folder: ReturnType<typeof temporaryStateDir>;
let log: string;

beforeEach(() => {
  folder = temporaryStateDir();
  log = path.join(folder.stateDir, "server.log");
});

afterEach(() => folder.remove());

it("shows the last lines only", () => {
  writeFileSync(log, `${Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n")}\n`);
  expect(logTail(log, 0, 2)).toBe("line 98\nline 99");
});

it("shows nothing of an earlier run", () => {
  writeFileSync(log, "earlier run\n");
  const start = logLength(log);
  expect(logTail(log, start)).toBe("");
  appendFileSync(log, "this run\n");
  expect(logTail(log, start)).toBe("this run");
});

it("is empty when there is no log", () => {
  expect(logTail(log)).toBe("");
});
