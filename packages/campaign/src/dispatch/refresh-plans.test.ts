import { hours, type Result } from "@herald/kernel";
import type { LookupFailed, SenderPlan } from "@herald/provider";
import { expect, test } from "vitest";
import { aSenderId, aWorkspaceId } from "../testing/ids.ts";
import { type NumberToPlan, planAfter, type ReadPlan, refreshPlans } from "./refresh-plans.ts";

const aNumber = (change: Partial<NumberToPlan> = {}): NumberToPlan => ({
  workspaceId: aWorkspaceId(),
  senderId: aSenderId(),
  provider: "meta",
  account: { providerNumberId: "1", accessToken: "a-token-of-nobody" },
  isCoexistence: false,
  plan: { capPerSecond: 1000, source: "meta_phone_throughput", level: "HIGH" },
  knownForMs: hours(1),
  askedAtMs: 7,
  ...change,
});
const told = (change: Partial<SenderPlan> = {}): Result<SenderPlan, LookupFailed> => ({
  ok: true,
  value: { capPerSecond: 80, source: "meta_default_throughput", level: "STANDARD", portfolioLimit: 2000, ...change },
});
const failed = (change: Partial<LookupFailed> = {}): Result<SenderPlan, LookupFailed> => ({
  ok: false,
  error: { type: "lookup_failed", code: "190", detail: "expired", isInMaintenance: false, ...change },
});

test("what the provider tells holds, up and down, with the portfolio's limit", () => {
  expect(planAfter(aNumber(), told())).toEqual({
    plan: { capPerSecond: 80, source: "meta_default_throughput", level: "STANDARD" },
    portfolioLimit: 2000,
    problem: null,
  });
  const upgraded = told({ capPerSecond: 1000, source: "meta_phone_throughput", level: "HIGH", portfolioLimit: "unlimited" });
  expect(planAfter(aNumber(), upgraded)).toMatchObject({ plan: { capPerSecond: 1000 }, portfolioLimit: "unlimited" });
});

test("a look-up that fails leaves a plan known for less than a day; after that the number is taken for an ordinary one", () => {
  expect(planAfter(aNumber({ knownForMs: hours(24) - 1 }), failed())).toEqual({
    plan: aNumber().plan,
    portfolioLimit: null,
    problem: "190: expired",
  });
  expect(planAfter(aNumber({ knownForMs: hours(24) }), failed())).toMatchObject({
    plan: { capPerSecond: 80, source: "meta_default_throughput", level: "UNKNOWN" },
    problem: "190: expired",
  });
});

test("while the provider is upgrading a number, what was known of it holds however old it is", () => {
  const answer = planAfter(aNumber({ knownForMs: hours(100) }), failed({ code: "131057", isInMaintenance: true }));
  expect(answer.plan).toEqual(aNumber().plan);
});

test("a number that is also in the phone's app keeps 20 per second, whatever the look-up says", () => {
  for (const answer of [
    told({ capPerSecond: 1000, source: "meta_phone_throughput", level: "HIGH" }),
    failed(),
    failed({ isInMaintenance: true }),
  ])
    expect(planAfter(aNumber({ isCoexistence: true }), answer).plan).toMatchObject({ capPerSecond: 20, source: "meta_coexistence" });
});

test("a number that cannot be asked keeps none waiting, and says why", async () => {
  const numbers = [
    aNumber(),
    aNumber({ senderId: aSenderId(2), account: null }),
    aNumber({ senderId: aSenderId(3), provider: "constructor" }),
  ];
  const written = new Map<string, ReadPlan>();
  const logged: string[] = [];
  const done = await refreshPlans(
    {
      plans: { claim: async () => numbers, write: async ({ senderId }, read) => void written.set(senderId, read) },
      providersByName: { meta: { readSenderPlan: async () => told() } },
      log: { info: (event) => void logged.push(event), warn: (event) => void logged.push(event) },
    },
    10,
  );
  expect(done).toBe(3);
  expect(numbers.map(({ senderId }) => written.get(senderId)?.problem)).toEqual([
    null,
    "the credential cannot be opened",
    "no adapter for provider constructor",
  ]);
  expect(logged.toSorted()).toEqual(["plan.changed", "plan.not_told", "plan.not_told"]);
});

test("a number that cannot be written keeps none waiting, and the pass fails once all had their turn", async () => {
  const numbers = [aNumber(), aNumber({ senderId: aSenderId(2) }), aNumber({ senderId: aSenderId(3) })];
  const written: string[] = [];
  const pass = refreshPlans(
    {
      plans: {
        claim: async () => numbers,
        write: async ({ senderId }) => {
          if (senderId === aSenderId()) throw new Error("locked");
          written.push(senderId);
        },
      },
      providersByName: { meta: { readSenderPlan: async () => told() } },
      log: { info: () => undefined, warn: () => undefined },
    },
    10,
  );
  await expect(pass).rejects.toMatchObject({ message: "1 of 3 plans could not be written", errors: [{ message: "locked" }] });
  expect(written.toSorted()).toEqual([aSenderId(2), aSenderId(3)].toSorted());
});
