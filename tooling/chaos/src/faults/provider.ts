import type { requestKinds, webhookKinds } from "../plan/kinds.ts";
import type { PlannedFault } from "../plan/plan.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

type ProviderKind = (typeof requestKinds)[number] | (typeof webhookKinds)[number];

/** A hanging request holds a place in flight for 20 s: few of them. */
const fewest = { from: 0.02, to: 0.08 };
const some = { from: 0.05, to: 0.35 };

/** For a while, a share of the people meets this. Each kind and trial chooses other people. */
const toSome =
  (facet: (planned: PlannedFault) => object, { from, to }: typeof some = some): Fault =>
  async (planned, { world: { provider }, salt }) => {
    const share = { from: 0, to: from + planned.dice * (to - from), salt: `${salt}-${planned.kind}` };
    await provider.rule(planned.kind, { share, ...facet(planned) });
    return () => provider.rule(planned.kind, null);
  };
const answer = (script: object, share?: typeof some): Fault => toSome(() => ({ answer: script }), share);

const webhooks =
  (setting: "duplicateShare" | "outOfOrderShare"): Fault =>
  async ({ dice }, { world: { provider } }) => {
    await provider.configure({ webhook: { [setting]: 0.2 + dice * 0.6 } });
    return () => provider.configure({ webhook: { [setting]: 0 } });
  };

export const providerFaults: Readonly<Record<ProviderKind, Fault>> = {
  "accept-then-cut": answer({ kind: "cut", accepted: true, times: 1 }),
  "accept-then-hang": answer({ kind: "hang", accepted: true, times: 1 }, fewest),
  "cut-before-accept": answer({ kind: "cut", accepted: false, times: 1 }),
  "hang-before-accept": answer({ kind: "hang", accepted: false, times: 1 }, fewest),
  "500-accepted": answer({ kind: "server_error", accepted: true, times: 1 }),
  "500-dropped": answer({ kind: "server_error", accepted: false, times: 1 }),
  "refuse-131056": answer({ kind: "refuse", code: 131056, times: 2 }),
  "refuse-130429": answer({ kind: "refuse", code: 130429, times: 1 }),
  "refuse-131000": answer({ kind: "refuse", code: 131000, times: 1 }, fewest),
  "refuse-131049": answer({ kind: "refuse", code: 131049, times: 1 }, fewest),
  "refuse-131026": answer({ kind: "refuse", code: 131026 }),
  "failed-webhook": toSome(({ dice }) => ({
    receipts: { kind: "failed", code: dice < 0.5 ? 131026 : 131049, afterSent: (dice * 10) % 1 < 0.5 },
  })),
  "receipts-held": async (_planned, { world: { provider } }) => {
    await provider.hold();
    return provider.release;
  },
  "duplicate-webhooks": webhooks("duplicateShare"),
  "reordered-webhooks": webhooks("outOfOrderShare"),
};

/** Requests that the provider never took and never answers for: they stay unknown until a person decides. */
export const leaveUnknown: Fault = async (planned, scene) => {
  scene.resendWanted.isWanted = true;
  await answer({ kind: "cut", accepted: false, times: 1 }, { from: 0.04, to: 0.12 })(planned, scene);
  // until the trial has healed: campaigns that begin late meet it too
  return nothingToHeal;
};
