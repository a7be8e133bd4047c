import { randomUUID } from "node:crypto";
import type { Activities } from "@herald/activities";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { type DispatchTuning, dispatchWorkflowId, searchAttributeNames, taskQueues } from "@herald/temporal/contract";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from "@temporalio/worker";
import type { bulkCampaignDispatchWorkflow } from "../index.ts";
import { testDataConverter } from "./data-converter.ts";

/** Waits that a test can sit through; the meanings stay. */
export const quickTuning: DispatchTuning = {
  sliceMs: 5_000,
  sliceTimeoutMs: 20_000,
  heartbeatTimeoutMs: 3_000,
  sliceRetryMs: 50,
  recoveryWaitMs: 100,
  blockedRecheckMs: 100,
  idleRecheckMs: 100,
  settlePollMs: 50,
  settleUnknownMs: 400,
  settleHeldMs: 400,
  maxHistoryEvents: 2_000,
};

/** Instead of process and host name: histories recorded here are committed. */
const identity = "herald-test";

export type DispatchHandle = WorkflowHandle<typeof bulkCampaignDispatchWorkflow>;
export type RunningCampaign = {
  readonly handle: DispatchHandle;
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly workflowId: string;
  readonly firstRunId: string;
};

/** A namespace of its own on a real server: task queues have fixed names, and suites run side by side. */
export class TemporalWorld {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  readonly #bundle: WorkflowBundle;
  readonly #connection: NativeConnection;

  private constructor(client: Client, address: string, namespace: string, bundle: WorkflowBundle, connection: NativeConnection) {
    this.client = client;
    this.address = address;
    this.namespace = namespace;
    this.#bundle = bundle;
    this.#connection = connection;
  }

  static async open(address: string, bundle: WorkflowBundle): Promise<TemporalWorld> {
    quiet();
    const namespace = `test-${randomUUID()}`;
    const connection = await Connection.connect({ address });
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(Object.values(searchAttributeNames).map((name) => [name, 2])),
    });
    const client = new Client({ connection, namespace, dataConverter: testDataConverter, identity });
    return new TemporalWorld(client, address, namespace, bundle, await NativeConnection.connect({ address }));
  }

  async close(): Promise<void> {
    await this.#connection.close();
    await this.client.connection.close();
  }

  /** Both task queues in this process. `maxCachedWorkflows: 0` replays the whole history at every step, as after a kill. */
  async whileServing<Answer>(
    activities: Activities,
    use: () => Promise<Answer>,
    options: { maxCachedWorkflows?: number } = {},
  ): Promise<Answer> {
    const common = { connection: this.#connection, namespace: this.namespace, dataConverter: testDataConverter, identity, activities };
    const workers = await Promise.all([
      Worker.create({ ...common, ...options, taskQueue: taskQueues.workflows, workflowBundle: this.#bundle }),
      Worker.create({ ...common, taskQueue: taskQueues.dispatch }),
    ]);
    const [first, second] = workers;
    return await first.runUntil(second.runUntil(use));
  }

  async start(tuning: Partial<DispatchTuning> = {}, runNo = 0): Promise<RunningCampaign> {
    const workspaceId = randomUUID() as WorkspaceId;
    const campaignId = randomUUID() as CampaignId;
    const workflowId = dispatchWorkflowId(workspaceId, campaignId, runNo);
    const handle = await this.client.workflow.start<typeof bulkCampaignDispatchWorkflow>("bulkCampaignDispatchWorkflow", {
      args: [{ workspaceId, campaignId, runNo, tuning: { ...quickTuning, ...tuning } }],
      taskQueue: taskQueues.workflows,
      workflowId,
    });
    return { handle, workspaceId, campaignId, workflowId, firstRunId: handle.firstExecutionRunId };
  }
}

/** Waits for a condition, with a deadline. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  const endMs = Date.now() + deadlineMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let isQuiet = false;
function quiet(): void {
  if (!isQuiet) Runtime.install({ logger: new DefaultLogger("ERROR"), shutdownSignals: [] });
  isQuiet = true;
}
