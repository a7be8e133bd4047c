import type { Config } from "../config.ts";
import type { Rule } from "../scenario.ts";
import type { PlannedUpdate } from "../webhooks/updates.ts";

/** What the client saw of an accepted request. */
export type AnswerSeen = "ok" | "cut" | "hang" | "server_error";

export type AcceptedMessage = {
  readonly wamid: string;
  readonly phoneNumberId: string;
  readonly recipient: string;
  readonly waId: string | null;
  readonly userId: string;
  readonly opaqueId: string | null;
  /** Pricing category, as receipts tell it. */
  readonly category: string;
  readonly answer: AnswerSeen;
  /** The code a `failed` receipt is planned to carry. */
  readonly failedCode: number | null;
};

/** A request that was not accepted: who it claims to be for, as far as its body could be read. */
type NotAccepted = {
  readonly atMs: number;
  readonly phoneNumberId: string;
  readonly recipient: string | null;
  readonly opaqueId: string | null;
  /** Whether the token and the number were right, so that it counts as a request to that number. */
  readonly isMetered: boolean;
  /** Whether the scenario decided it, rather than a rule of Meta's. */
  readonly isScripted: boolean;
};

/** Everything that changes the simulator's state. The journal holds these and nothing else; replaying them restores it. */
export type SimulationEvent =
  | { readonly event: "configured"; readonly config: Config }
  | { readonly event: "scripted"; readonly rules: readonly Rule[] }
  | { readonly event: "accepted"; readonly atMs: number; readonly message: AcceptedMessage; readonly updates: readonly PlannedUpdate[] }
  | ({ readonly event: "refused"; readonly code: number } & NotAccepted)
  | ({ readonly event: "dropped" } & NotAccepted)
  | { readonly event: "injected"; readonly update: PlannedUpdate }
  | { readonly event: "acknowledged"; readonly updateIds: readonly number[] }
  | { readonly event: "discarded"; readonly updateIds: readonly number[] };
