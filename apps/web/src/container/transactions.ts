import { ok } from "@herald/kernel";
import { type VerbPorts, type Verbs, withIdempotency } from "@herald/postgres";
import type { Access, Transactions, VerbCtx } from "../doors/services.ts";

/** A file of 200,000 people takes about half a minute; a slower machine may take longer, and "try again" would not help it. */
const longestVerbMs = 120_000;

/** Verbs in one transaction of Postgres, with the rule of who may what added to its ports. */
export function createTransactions(verbs: Verbs): Transactions {
  const ctxOf = (ports: VerbPorts, access: Access): VerbCtx => ({ ...ports, allows: access.allows });
  return {
    run: (access, work, options) =>
      verbs.inTransaction(access.actor, access.workspaceId, (ports) => work(ctxOf(ports, access)), { maxMs: longestVerbMs, ...options }),
    runOnce: (access, request, work) =>
      verbs.inTransaction(access.actor, access.workspaceId, async (ports) => {
        const done = await withIdempotency(ports, request, () => work(ctxOf(ports, access)));
        return done.ok ? ok(done.value.answer) : done;
      }),
  };
}
