import type { Action, When } from "../actions/schemas.ts";
import type { Config } from "../config/config.ts";
import type { Every } from "../config/every.ts";
import type { Rule } from "../scenario/rules.ts";
import type { PlannedUpdate } from "../webhooks/updates.ts";

/** What the client saw of an accepted request. */
export type AnswerSeen = "ok" | AmbiguousAnswer;
export type AmbiguousAnswer = "cut" | "hang" | "half_open" | "server_error";

export type AcceptedMessage = {
  readonly wamid: string;
  readonly phoneNumberId: string;
  readonly recipient: string;
  readonly waId: string | null;
  readonly userId: string;
  readonly opaqueId: string | null;
  /** Pricing category, as receipts tell it; `service` for free-form messages. */
  readonly category: string;
  readonly answer: AnswerSeen;
  /** The code a `failed` receipt is planned to carry. */
  readonly failedCode: number | null;
};

/** What must be known of a message held for quality assessment to plan its receipts later. */
export type HoldTicket = {
  readonly scope: "template" | "portfolio";
  readonly wabaId: string;
  readonly template: string;
  readonly language: string;
  readonly quickReply: { readonly text: string; readonly payload: string } | null;
};

/** A place in a portfolio's window; without an end while the message is held. */
export type PlaceTaken = { readonly businessId: string; readonly untilMs: number | null };

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

type Accepted = {
  readonly atMs: number;
  readonly message: AcceptedMessage;
  readonly updates: readonly PlannedUpdate[];
  /** Name of the template sent; null for free-form messages. */
  readonly template: string | null;
  readonly place: PlaceTaken | null;
  readonly hold: HoldTicket | null;
  /** The portfolio whose limit had no place for it. */
  readonly overLimitOf: string | null;
};

/** Messages that were held and are no longer: their receipts follow, or they failed. */
type Unheld = {
  readonly atMs: number;
  readonly wamids: readonly string[];
  readonly outcome: "released" | "dropped";
  /** By message, where its plan or its drop says that it fails. */
  readonly failedCodes: Readonly<Record<string, number>>;
  readonly updates: readonly PlannedUpdate[];
  /** What becomes of their places in the portfolio's window; without an end a place is given back. */
  readonly places: readonly (PlaceTaken & { readonly userId: string })[];
};

/** Sends of a template, or of any template, beyond `after` further ones are held. */
export type Pace = { readonly scope: "template" | "portfolio"; readonly template: string | null; readonly after: number };

/** Everything that changes the simulator's state. The journal holds these and nothing else; replaying them restores it. */
export type SimulationEvent =
  /** `base` is what people configured, `config` what holds now, with what scenarios and actions have laid over it. */
  | { readonly event: "configured"; readonly base: Config; readonly config: Config }
  | { readonly event: "loaded"; readonly name: string; readonly every: Every }
  | { readonly event: "scripted"; readonly rules: readonly Rule[] }
  | { readonly event: "planned_step"; readonly atMs: number; readonly stepId: number; readonly when: When; readonly action: Action }
  | { readonly event: "finished_step"; readonly atMs: number; readonly stepId: number }
  | ({ readonly event: "accepted" } & Accepted)
  | ({ readonly event: "refused"; readonly code: number; readonly overLimitOf: string | null } & NotAccepted)
  | ({ readonly event: "dropped"; readonly how: AmbiguousAnswer } & NotAccepted)
  | { readonly event: "paced"; readonly pace: Pace }
  | ({ readonly event: "unheld" } & Unheld)
  | { readonly event: "holding"; readonly receipts: boolean; readonly replies: boolean }
  | { readonly event: "told"; readonly updates: readonly PlannedUpdate[] }
  | { readonly event: "acknowledged"; readonly atMs: number; readonly updateIds: readonly number[] }
  | { readonly event: "discarded"; readonly updateIds: readonly number[] };
