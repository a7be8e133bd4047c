import { randomUUID } from "node:crypto";
import type { Activities } from "@herald/activities";
import { taskQueues } from "@herald/temporal/contract";
import { DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { testDataConverter } from "./data-converter.ts";

/** `node killable-worker.ts HOST:PORT NAMESPACE BUNDLE`: both task queues; what an activity does is asked of the parent process, so that this one can be killed over it. */
export type ActivityCall = { readonly callId: string; readonly name: keyof Activities; readonly input: unknown };
export type ActivityAnswer = { readonly callId: string; readonly answer: unknown };

const waiting = new Map<string, (answer: unknown) => void>();
process.on("message", ({ callId, answer }: ActivityAnswer) => waiting.get(callId)?.(answer));
process.on("disconnect", () => process.exit(1));

function askParent(name: keyof Activities) {
  return (input: unknown): Promise<never> =>
    new Promise((resolve) => {
      const callId = randomUUID();
      waiting.set(callId, (answer) => resolve(answer as never));
      process.send?.({ callId, name, input } satisfies ActivityCall);
    });
}
const activities: Activities = {
  lookAtCampaign: askParent("lookAtCampaign"),
  stageChunks: askParent("stageChunks"),
  dispatchSlice: askParent("dispatchSlice"),
  cancelCampaign: askParent("cancelCampaign"),
};

const [address = "", namespace = "", codePath = ""] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger("ERROR"), shutdownSignals: [] });
const common = { connection: await NativeConnection.connect({ address }), namespace, dataConverter: testDataConverter, activities };
const workers = await Promise.all([
  // nothing cached, so that no workflow waits for the memory of a dead process
  Worker.create({ ...common, taskQueue: taskQueues.workflows, workflowBundle: { codePath }, maxCachedWorkflows: 0 }),
  Worker.create({ ...common, taskQueue: taskQueues.dispatch }),
]);
await Promise.all(workers.map((worker) => worker.run()));
