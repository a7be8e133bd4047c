import {
  type Action,
  carryOf,
  type DispatchPlan,
  describePlan,
  isWoken,
  noteControl,
  noteLook,
  noteSlice,
  noteSliceFailed,
  noteStaged,
  noteWaited,
  openPlan,
  type PlanCarry,
  summaryOf,
} from "@herald/campaign/dispatch/plan";
import {
  controlChangedName,
  type DispatchInput,
  type DispatchSummary,
  type DispatchTuning,
  defaultTuning,
} from "@herald/temporal/contract";
import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import { recordsOf, slicesOf, stagingOf } from "./activity-proxies.ts";
import { onCancellation } from "./cancellation.ts";

const controlChanged = defineUpdate<void, [number]>(controlChangedName);

/** `carried` is what an earlier run of the same workflow hands on; a start never sets it. */
type RunInput = DispatchInput & { readonly carried?: PlanCarry };

/**
 * One campaign from its scheduled time to its final status. Waits and chooses, nothing else: what to do next is decided in
 * packages/campaign/src/dispatch/plan.ts, what is true is in Postgres, and a control only wakes it to look there.
 */
export async function bulkCampaignDispatchWorkflow(input: RunInput): Promise<DispatchSummary> {
  const ids = { workspaceId: input.workspaceId, campaignId: input.campaignId };
  const tuning: DispatchTuning = { ...defaultTuning, ...input.tuning };
  const plan = openPlan(tuning, input.carried, input.runNo);
  setHandler(controlChanged, (controlSeq) => noteControl(plan, controlSeq), { validator: mustBeControlSeq });
  const cancellation = onCancellation(async () => noteControl(plan, await recordsOf(tuning).cancelCampaign(ids)));

  // What follows ends by itself, also when cancelled: an abandoned slice would be a sender nobody waits for.
  await CancellationScope.nonCancellable(async () => {
    while (plan.step.do !== "end") {
      setCurrentDetails(describePlan(plan));
      if (isHistoryLong(tuning)) {
        await condition(() => allHandlersFinished() && cancellation.isSettled());
        await continueAsNew<typeof bulkCampaignDispatchWorkflow>({ ...input, carried: carryOf(plan) });
      }
      if (plan.step.do === "wait") {
        const wait = plan.step;
        await condition(() => isWoken(plan), wait.forMs);
        noteWaited(plan, wait);
      } else await act(plan, plan.step, ids, tuning);
    }
  });
  await condition(() => allHandlersFinished() && cancellation.isSettled());
  cancellation.rethrow();
  return summaryOf(plan);
}

async function act(
  plan: DispatchPlan,
  step: Action,
  ids: Pick<DispatchInput, "workspaceId" | "campaignId">,
  tuning: DispatchTuning,
): Promise<void> {
  switch (step.do) {
    case "look":
      noteLook(plan, await recordsOf(tuning).lookAtCampaign({ ...ids, mayFinish: step.mayFinish }), step.mayFinish);
      return;
    case "stage":
      noteStaged(plan, await orNull(stagingOf(tuning).stageChunks({ ...ids, fromChunkNo: step.fromChunkNo, chunkCount: plan.chunkCount })));
      return;
    case "dispatch": {
      const end = await orNull(slicesOf(tuning).dispatchSlice({ ...ids, maxMs: tuning.sliceMs }));
      if (end === null) noteSliceFailed(plan);
      else noteSlice(plan, end);
      return;
    }
    case "end":
      return;
  }
}

function isHistoryLong({ maxHistoryEvents }: DispatchTuning): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= maxHistoryEvents;
}

/** Null once every attempt has failed; what Temporal itself throws is not ours to catch. */
async function orNull<Answer>(attempts: Promise<Answer>): Promise<Answer | null> {
  try {
    return await attempts;
  } catch (failure) {
    if (failure instanceof ActivityFailure) return null;
    throw failure;
  }
}

function mustBeControlSeq(controlSeq: number): void {
  if (!Number.isSafeInteger(controlSeq) || controlSeq < 0) throw new TypeError("a control is announced by its number");
}
