import type { ControlProblem, DecisionProblem, DraftProblem, LaunchProblem, RescheduleProblem, TestProblem } from "@herald/campaign";
import type { ImportProblem } from "@herald/contacts";
import type { InvalidInput, NotAllowed, NotFound } from "@herald/kernel";

/** Parts of a deployment that an operator may leave out. */
export type Part = "temporal" | "redis" | "realtime";

export type Unauthenticated = { readonly type: "unauthenticated" };
export type WrongCredentials = { readonly type: "wrong_credentials" };
export type ForeignOrigin = { readonly type: "foreign_origin" };
export type MalformedBody = { readonly type: "malformed_body"; readonly expected: string };
export type BodyTooLarge = { readonly type: "body_too_large"; readonly maxBytes: number };
export type IdempotencyKeyMissing = { readonly type: "idempotency_key_missing" };
export type IdempotencyConflict = { readonly type: "idempotency_conflict" };
export type IdempotencyInProgress = { readonly type: "idempotency_in_progress" };
export type NotConfigured = { readonly type: "not_configured"; readonly parts: readonly Part[] };
export type Unavailable = { readonly type: "unavailable"; readonly service: "database" | "sign-in" };
export type BadSignature = { readonly type: "bad_signature" };
export type WrongVerifyToken = { readonly type: "wrong_verify_token" };
export type NoSuchAddress = { readonly type: "no_such_address"; readonly method: string };
export type Gone = { readonly type: "gone"; readonly wayToGo: string };
/** A defect of ours. What it was is in the log, under the request id, and nowhere else. */
export type Internal = { readonly type: "internal" };

/** What a door itself may have to say, before or around a verb. */
export type DoorFailure =
  | Unauthenticated
  | WrongCredentials
  | ForeignOrigin
  | MalformedBody
  | BodyTooLarge
  | IdempotencyKeyMissing
  | IdempotencyConflict
  | IdempotencyInProgress
  | NotConfigured
  | Unavailable
  | BadSignature
  | WrongVerifyToken
  | NoSuchAddress
  | Gone
  | Internal;

/** Every failure that can leave a door: the verbs' and the doors' own. The mapper handles each. */
export type Failure =
  | DoorFailure
  | NotFound
  | NotAllowed
  | InvalidInput
  | DraftProblem
  | LaunchProblem
  | TestProblem
  | RescheduleProblem
  | ControlProblem
  | DecisionProblem
  | ImportProblem;
