import { expect, test } from "vitest";
import type { Gate, Verdict } from "./gate.ts";
import { houseOf } from "./house/house.ts";
import { runGates } from "./run-gates.ts";

async function outcomeOf(run: () => Verdict, folder?: string): Promise<{ passed: boolean; lines: string[] }> {
  const gate: Gate = { name: "planted", promise: "a promise", run };
  const lines: string[] = [];
  const outcomes = await runGates({
    house: houseOf({}),
    gates: [gate],
    concurrency: 2,
    print: (line) => lines.push(line),
    ...(folder ? { folder } : {}),
  });
  return { passed: outcomes[0]?.passed ?? false, lines };
}

test("a gate that finds nothing among something passes", async () => {
  expect((await outcomeOf(() => ({ checked: 3, findings: [] }))).passed).toBe(true);
});

test("a finding fails its gate and is printed with its place and cure", async () => {
  const { passed, lines } = await outcomeOf(() => ({
    checked: 3,
    findings: [{ path: "a.ts", line: 7, what: "is wrong", fix: "right it" }],
  }));
  expect(passed).toBe(false);
  expect(lines[1]?.trim()).toBe("a.ts:7  is wrong → right it");
});

test("a gate that looked at nothing fails", async () => {
  expect((await outcomeOf(() => ({ checked: 0, findings: [] }))).passed).toBe(false);
});

test("a gate that throws fails", async () => {
  const { passed, lines } = await outcomeOf(() => {
    throw new Error("no such tool");
  });
  expect(passed).toBe(false);
  expect(lines.join("\n")).toContain("the gate itself broke: Error: no such tool");
});

test("a folder hides findings elsewhere, but not a tool that crashed", async () => {
  expect((await outcomeOf(() => ({ checked: 1, findings: [{ path: "packages/b/a.ts", what: "x" }] }), "packages/a")).passed).toBe(true);
  expect((await outcomeOf(() => ({ checked: 1, findings: [{ path: "packages/ab/a.ts", what: "x" }] }), "packages/a")).passed).toBe(true);
  expect((await outcomeOf(() => ({ checked: 1, findings: [{ path: "packages/a/a.ts", what: "x" }] }), "packages/a")).passed).toBe(false);
  expect((await outcomeOf(() => ({ checked: 1, findings: [{ path: ".", what: "crashed" }] }), "packages/a")).passed).toBe(false);
});
