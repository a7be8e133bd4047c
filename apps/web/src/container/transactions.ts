import { ok } from "@herald/kernel";
import { type VerbPorts, type Verbs, withIdempotency } from "@herald/postgres";
import type { Access, Transactions, VerbCtx } from "../doors/services.ts";

/** Verbs in one transaction of Postgres, with the rule of who may what added to its ports. */
export function createTransactions(verbs: Verbs): Transactions {
  const ctxOf = (ports: VerbPorts, access: Access): VerbCtx => ({ ...ports, allows: access.allows });
  return {
    run: (access, work) => verbs.inTransaction(access.actor, access.workspaceId, (ports) => work(ctxOf(ports, access))),
    runOnce: (access, request, work) =>
      verbs.inTransaction(access.actor, access.workspaceId, async (ports) => {
        const done = await withIdempotency(ports, request, () => work(ctxOf(ports, access)));
        return done.ok ? ok(done.value.answer) : done;
      }),
  };
}
