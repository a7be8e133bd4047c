import { CancellationScope } from "@temporalio/workflow";

/**
 * Temporal's cancellation means what the panel's cancel means: the flag is committed first, the gate refuses from then on, and the run goes on
 * to its ordered end. `isSettled` is false while that commit is under way.
 */
export type Cancellation = { readonly isSettled: () => boolean; readonly rethrow: () => void };

export function onCancellation(commit: () => Promise<void>): Cancellation {
  const state: { reason: Error | null; isSettled: boolean } = { reason: null, isSettled: true };
  CancellationScope.current().cancelRequested.catch(async (reason: Error) => {
    state.reason = reason;
    state.isSettled = false;
    await CancellationScope.nonCancellable(commit);
    state.isSettled = true;
  });
  return {
    isSettled: () => state.isSettled,
    rethrow() {
      if (state.reason !== null) throw state.reason;
    },
  };
}
