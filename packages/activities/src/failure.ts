import { redactText } from "@herald/kernel";
import { ApplicationFailure } from "@temporalio/common";

/**
 * The one place that turns an error into what Temporal keeps. All are retried: an outage passes, and a defect that does not is seen
 * as a campaign that stands still, never as one that was given up with messages unsent. Words are redacted and causes left behind (law L12).
 */
function toFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const failure = ApplicationFailure.retryable(redactText(message), name);
  failure.stack = redactText(stack ?? "");
  return failure;
}

/** Wraps an activity so that nothing else leaves it. */
export function atTheEdge<Input, Output>(activity: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  return async (input) => {
    try {
      return await activity(input);
    } catch (error) {
      throw toFailure(error);
    }
  };
}
