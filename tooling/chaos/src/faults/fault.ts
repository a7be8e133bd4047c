import type { OptOut, Standstill } from "../audit/evidence.ts";
import type { PlannedFault } from "../plan/plan.ts";
import type { Operator, World } from "../world/world.ts";

/** A campaign of the trial that was launched. */
export type Launched = { readonly campaignId: string; readonly sender: 0 | 1; readonly phones: readonly string[] };

/** What faults act on, and where they write down what they need judged. */
export type Scene = {
  readonly world: World;
  readonly operator: Operator;
  /** Differs from trial to trial: chooses which people a fault of the provider meets. */
  readonly salt: string;
  /** In the order they were launched; grows while the trial runs. */
  readonly campaigns: Launched[];
  readonly standstills: Standstill[];
  readonly optOuts: OptOut[];
  /** Work that outlasts its fault; awaited before the verdict. */
  readonly pending: Promise<unknown>[];
  /** Campaigns whose unknown messages an operator wants to send again once the trial has calmed down. */
  readonly resendWanted: { isWanted: boolean };
};

/** Undoes the fault; null when it could not happen (nothing to act on, or a door the product does not have). */
export type Heal = (() => Promise<void>) | null;
export type Fault = (planned: PlannedFault, scene: Scene) => Promise<Heal>;

export const nothingToHeal = (): Promise<void> => Promise.resolve();
