import { hours, type Result, redactText, type SenderId, type WorkspaceId } from "@herald/kernel";
import type { LookupFailed, MessageProvider, SenderAccount, SenderPlan } from "@herald/provider";
import type { EngineLog } from "../engine-log.ts";

/** Messages per second of a number, and where that is known from. */
export type PacePlan = Pick<SenderPlan, "capPerSecond" | "source" | "level">;

export type NumberToPlan = {
  readonly workspaceId: WorkspaceId;
  readonly senderId: SenderId;
  readonly provider: string;
  /** Null: its credential cannot be opened. */
  readonly account: SenderAccount | null;
  /** The number also lives in the WhatsApp Business app. */
  readonly isCoexistence: boolean;
  readonly plan: PacePlan;
  /** How old the plan is, since it was told or since the number was connected, ms. */
  readonly knownForMs: number;
  /** By the database's clock. */
  readonly askedAtMs: number;
};
export type ReadPlan = {
  readonly plan: PacePlan;
  /** Null: leave it as it is. */
  readonly portfolioLimit: SenderPlan["portfolioLimit"];
  /** Null: the provider told the plan. */
  readonly problem: string | null;
};

/** Plans of connected numbers. The gate reads what is written here at its next grant. */
export type PlanPort = {
  /** Numbers whose plan is unknown, older than ten minutes, or spoken of since; each at most once a minute, over all processes. */
  readonly claim: (limit: number) => Promise<readonly NumberToPlan[]>;
  /** The portfolio's limit in a transaction of its own: it may wait for the workspace's grants, which wait for the number. */
  readonly write: (number: NumberToPlan, read: ReadPlan) => Promise<void>;
};

/** Places under a portfolio's limit that became known lately: while they are counted from the ledger, its numbers send nothing. */
export type PlaceCounts = {
  /** Looks at this many messages of each such portfolio, a transaction each; answers for how many it did. One that fails keeps no other waiting. */
  readonly countPlaces: (limit: number) => Promise<number>;
};

/** A plan that was told once holds this long without being told again. */
const longestTrustMs = hours(24);
/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput */
const coexistence = { capPerSecond: 20, source: "meta_coexistence" } as const;
const standard: PacePlan = { capPerSecond: 80, source: "meta_default_throughput", level: "UNKNOWN" };

export type PlanDeps = {
  readonly plans: PlanPort;
  readonly providersByName: Readonly<Record<string, Pick<MessageProvider, "readSenderPlan">>>;
  readonly log: EngineLog;
};

/**
 * Asks the provider for the pace of numbers that are due and writes it down; answers for how many. A number that cannot be asked keeps none waiting.
 * Neither does one that cannot be written; rejects with all failures once every number had its turn.
 */
export async function refreshPlans(deps: PlanDeps, limit: number): Promise<number> {
  const numbers = await deps.plans.claim(limit);
  const written = await Promise.allSettled(
    numbers.map(async (number) => {
      const read = planAfter(number, await ask(deps, number));
      await deps.plans.write(number, read);
      if (read.problem !== null) deps.log.warn("plan.not_told", { senderId: number.senderId, problem: read.problem });
      else if (read.plan.capPerSecond !== number.plan.capPerSecond)
        deps.log.info("plan.changed", { senderId: number.senderId, from: number.plan.capPerSecond, to: read.plan.capPerSecond });
    }),
  );
  const failures = written.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${numbers.length} plans could not be written`);
  return numbers.length;
}

/** Pure: what holds for a number after a look-up. */
export function planAfter(number: Omit<NumberToPlan, "account" | "provider">, answer: Result<SenderPlan, LookupFailed>): ReadPlan {
  const portfolioLimit = answer.ok ? answer.value.portfolioLimit : null;
  const problem = answer.ok ? null : redactText([answer.error.code, answer.error.detail].filter((part) => part !== null).join(": "));
  const level = answer.ok ? answer.value.level : number.plan.level;
  if (number.isCoexistence) return { plan: { ...coexistence, level }, portfolioLimit, problem };
  if (answer.ok) {
    const { capPerSecond, source } = answer.value;
    return { plan: { capPerSecond, source, level }, portfolioLimit, problem };
  }
  const isStillTrusted = answer.error.isInMaintenance || number.knownForMs < longestTrustMs;
  return { plan: isStillTrusted ? number.plan : standard, portfolioLimit, problem };
}

async function ask({ providersByName }: PlanDeps, { provider, account }: NumberToPlan): Promise<Result<SenderPlan, LookupFailed>> {
  const adapter = Object.hasOwn(providersByName, provider) ? providersByName[provider] : undefined;
  if (adapter !== undefined && account !== null) return adapter.readSenderPlan(account);
  const detail = account === null ? "the credential cannot be opened" : `no adapter for provider ${provider}`;
  return { ok: false, error: { type: "lookup_failed", code: null, detail, isInMaintenance: false } };
}
