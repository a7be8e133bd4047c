import type {
  ControlProblem,
  DecisionProblem,
  DraftLaunched,
  DraftMoved,
  DraftProblem,
  LaunchProblem,
  RescheduleProblem,
  ResendGrew,
  TestProblem,
} from "@herald/campaign";
import type { ImportProblem, PeopleProblem } from "@herald/contacts";
import type { AcceptProblem, InviteProblem, MemberProblem, RevokeProblem, SettingsProblem } from "@herald/identity";
import type { InvalidInput, NotAllowed, NotFound } from "@herald/kernel";

/** Parts of a deployment that an operator may leave out. */
export type Part = "temporal" | "redis" | "realtime";

export type Unauthenticated = { readonly type: "unauthenticated" };
export type WrongCredentials = { readonly type: "wrong_credentials" };
/** An account for the invited address could not be made; whether there is one already is not told. */
export type SignUpRefused = { readonly type: "sign_up_refused" };
/** Auth wants the address confirmed before it signs anybody in. */
export type EmailUnconfirmed = { readonly type: "email_unconfirmed" };
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
export type MethodNotAllowed = { readonly type: "method_not_allowed"; readonly method: string; readonly allowed: readonly string[] };
export type Gone = { readonly type: "gone"; readonly wayToGo: string };
/** Whoever asked went away before the work was done; it was rolled back. */
export type CallerLeft = { readonly type: "caller_left" };
/** A defect of ours. What it was is in the log, under the request id, and nowhere else. */
export type Internal = { readonly type: "internal" };

/** What a door itself may have to say, before or around a verb. */
export type DoorFailure =
  | Unauthenticated
  | WrongCredentials
  | SignUpRefused
  | EmailUnconfirmed
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
  | MethodNotAllowed
  | Gone
  | CallerLeft
  | Internal;

/** Every failure that can leave a door: the verbs' and the doors' own. The mapper handles each. */
export type Failure =
  | DoorFailure
  | NotFound
  | NotAllowed
  | InvalidInput
  | DraftProblem
  | DraftMoved
  | DraftLaunched
  | LaunchProblem
  | TestProblem
  | RescheduleProblem
  | ControlProblem
  | DecisionProblem
  | ResendGrew
  | ImportProblem
  | PeopleProblem
  | MemberProblem
  | InviteProblem
  | RevokeProblem
  | AcceptProblem
  | SettingsProblem;
