import { err, ok, type Result, redactText } from "@herald/kernel";
import {
  type Connection,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from "@temporalio/client";
import { type TemporalUnreachable, temporalUnreachable } from "./answers.ts";

/** Runs one call to the server. A server that is away or slow is a value; anything else is a defect and thrown. */
export function withinDeadline(connection: Connection, deadlineMs: number) {
  return async (call: () => Promise<void>): Promise<Result<void, TemporalUnreachable>> => {
    try {
      await connection.withDeadline(Date.now() + deadlineMs, call);
      return ok(undefined);
    } catch (error) {
      const detail = unreachableBecause(error, deadlineMs);
      if (detail === null) throw error;
      return err(temporalUnreachable(detail));
    }
  };
}

function unreachableBecause(error: unknown, deadlineMs: number): string | null {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return `no worker answered within ${deadlineMs} ms`;
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcDeadlineError(cause) || isGrpcCancelledError(cause)) return `no answer within ${deadlineMs} ms`;
  return isGrpcServiceError(cause) ? redactText(cause.details) : null;
}
