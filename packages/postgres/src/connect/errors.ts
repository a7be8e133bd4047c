import type { GrantAnswerLost as GrantAnswerLostContract } from "@herald/campaign";
import pg from "pg";

/** Aborted by the server for certain, and worth another try: serialization_failure, deadlock_detected, lock_not_available. */
const retryableCodes = new Set(["40001", "40P01", "55P03"]);
/** The server says that it ends the connection; whether the statement had committed before, it does not say. */
const connectionEnded = /^(08|57P)/;
const maxTries = 4;

const isRetryable = (error: unknown): boolean => error instanceof pg.DatabaseError && retryableCodes.has(error.code ?? "");

/** The server had not answered in time and the connection was dropped; what the statement did, or will still do, is unknown. */
export class StatementDeadlinePassed extends Error {
  override readonly name = "StatementDeadlinePassed";
  constructor(deadlineMs: number) {
    super(`no answer from Postgres within ${deadlineMs} ms, the connection was dropped`);
  }
}

/** Nothing is known of what the statement did: the connection ended, or was given up, before the server had answered. */
export const isOutcomeUnknown = (error: unknown): boolean => !(error instanceof pg.DatabaseError) || connectionEnded.test(error.code ?? "");

/** Out of reach, too busy, or too slow: the same request may succeed later. 53: resources, 57014: cancelled by a timeout, 25P0x: a transaction's time was up. */
const unavailableCodes = /^(08|53|57P|57014|25P0[34]|55P03|40001|40P01)/;
const networkCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);
const connectionWords = /connection terminated|timeout exceeded when trying to connect|timeout expired/i;

/** True for the database being away, not for a statement being wrong: a door answers 503. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  if (error instanceof StatementDeadlinePassed) return true;
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return error instanceof pg.DatabaseError ? unavailableCodes.test(code) : networkCodes.has(code) || connectionWords.test(error.message);
}

/** What the domain calls a grant whose answer never arrived. Adapters name domains by type only, hence a class of our own with that name. */
export class GrantAnswerLost extends Error implements GrantAnswerLostContract {
  override readonly name = "GrantAnswerLost";
}

/** Runs again what the server aborted for certain; with `isRepeatable`, what may run twice, also after a connection was lost. */
export async function retrying<T>(run: () => Promise<T>, options: { readonly isRepeatable: boolean }): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run();
    } catch (error) {
      const mayRetry = isRetryable(error) || (options.isRepeatable && isOutcomeUnknown(error));
      if (!mayRetry || tried >= maxTries) throw error;
    }
  }
}
