import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from "@temporalio/worker";
import { DeterminismViolationError } from "@temporalio/workflow";
import { beforeAll, expect, test } from "vitest";
import { bundleWorkflows } from "./testing/bundle.ts";
import { testDataConverter } from "./testing/data-converter.ts";
import { historiesFolder } from "./testing/record-histories.ts";

type Event = {
  readonly eventType: string;
  readonly workflowTaskCompletedEventAttributes?: { readonly sdkMetadata?: { readonly coreUsedFlags?: readonly number[] } };
};
type Recorded = { readonly name: string; readonly events: readonly Event[] };

const recorded: Recorded[] = [];
let current: WorkflowBundle;
let changed: WorkflowBundle;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger("ERROR"), shutdownSignals: [] });
  for (const name of await readdir(historiesFolder)) {
    const { events } = JSON.parse(await readFile(`${historiesFolder}${name}`, "utf8")) as Recorded;
    recorded.push({ name, events });
  }
  current = await bundleWorkflows();
  changed = await bundleWorkflows(fileURLToPath(new URL("./testing/changed-workflow.ts", import.meta.url)));
}, 30_000);

/** Errors by history; one worker for all of them. */
async function replay(workflowBundle: WorkflowBundle, histories: readonly Recorded[]): Promise<readonly unknown[]> {
  const named = histories.map(({ name, events }, index) => ({ workflowId: `${index}:${name}`, history: { events } }));
  const errors: unknown[] = [];
  for await (const { error } of Worker.runReplayHistories({ workflowBundle, dataConverter: testDataConverter }, named)) errors.push(error);
  return errors;
}

test("L11: every recorded history of a released shape replays on the current bundle", { timeout: 20_000 }, async () => {
  expect(recorded.length).toBeGreaterThanOrEqual(7);
  expect(await replay(current, recorded)).toEqual(recorded.map(() => undefined));
});

test("L11: a worker may die between any two steps: each beginning of a history replays", { timeout: 30_000 }, async () => {
  const beginnings = recorded.flatMap(({ name, events }) =>
    events.flatMap(({ eventType }, index) =>
      eventType === "EVENT_TYPE_WORKFLOW_TASK_STARTED" ? [{ name, events: events.slice(0, index + 1) }] : [],
    ),
  );
  expect(beginnings.length).toBeGreaterThan(5 * recorded.length);
  expect(await replay(current, beginnings)).toEqual(beginnings.map(() => undefined));
});

test("L11: the gate can fail: a changed workflow violates determinism on every history", { timeout: 20_000 }, async () => {
  const errors = await replay(changed, recorded);
  expect(errors).toHaveLength(recorded.length);
  for (const error of errors) expect(error).toBeInstanceOf(DeterminismViolationError);
});

test("a history without the SDK's flags would replay green whatever changed, so none is accepted", () => {
  for (const { events } of recorded) {
    const flags = events.flatMap((event) => event.workflowTaskCompletedEventAttributes?.sdkMetadata?.coreUsedFlags ?? []);
    expect(flags).toContain(1);
  }
});
