import type { CampaignCtx } from "@herald/campaign";
import type { ContactsCtx, PeopleCtx } from "@herald/contacts";
import type { Action, DoorstepCtx, IdentityCtx } from "@herald/identity";
import type { Actor, CampaignId, Clock, Result, Role, UserId, WorkspaceId } from "@herald/kernel";
import type { SupabaseClient } from "@supabase/supabase-js";
import type {
  EmailUnconfirmed,
  IdempotencyConflict,
  IdempotencyInProgress,
  Part,
  SignUpRefused,
  Unauthenticated,
  Unavailable,
  WrongCredentials,
} from "./failures.ts";

/** What doors need of the world. The container builds it from adapters; tests build it from whatever they want to break. */
export type Services = {
  readonly log: DoorLog;
  readonly clock: Pick<Clock, "monotonicMs" | "sleep">;
  /** Address under which people reach the panel. */
  readonly publicUrl: URL;
  readonly sessions: Sessions;
  /** Supabase's API under the member's own token: row-level security decides what it shows. For the reads of screens. */
  readonly readerOf: (session: Session) => SupabaseClient;
  readonly directory: Directory;
  readonly transactions: Transactions;
  readonly doorstep: Doorstep;
  readonly missingParts: (parts: readonly Part[]) => readonly Part[];
  readonly durable: Durable | null;
  readonly realtime: RealtimeGuard | null;
  readonly whatsapp: WhatsAppWebhooks;
  readonly health: () => Promise<Health>;
  /** The error says that a store was away or too slow, not that we are wrong. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Gives back every connection. */
  readonly close: () => Promise<void>;
};

export type DoorLog = {
  readonly info: (event: `${string}.${string}`, fields: Readonly<Record<string, unknown>>) => void;
  readonly error: (event: `${string}.${string}`, fields: Readonly<Record<string, unknown>>) => void;
};

export type Session = {
  readonly userId: UserId;
  readonly email: string | null;
  readonly via: "cookie" | "bearer";
  /** For reads in the member's name; never logged, never answered. */
  readonly accessToken: string;
  /** `Set-Cookie` lines of a session that was refreshed on the way. */
  readonly cookies: readonly string[];
};
export type SignedIn = {
  readonly userId: UserId;
  /** Null for a cookie session: the token is in the cookie only. */
  readonly accessToken: string | null;
  readonly expiresAtMs: number;
  readonly cookies: readonly string[];
};
export type Credentials = { readonly email: string; readonly password: string };
export type Sessions = {
  readonly read: (request: Request) => Promise<Result<Session, Unauthenticated | Unavailable>>;
  /** A cookie session takes the place of whatever session the request's cookies hold. */
  readonly signIn: (
    request: Request,
    credentials: Credentials,
    kind: "cookie" | "token",
  ) => Promise<Result<SignedIn, WrongCredentials | Unavailable>>;
  /** Ends the session of this device, if there is one; answers the `Set-Cookie` lines that clear every cookie of it, valid or not. */
  readonly signOut: (request: Request) => Promise<readonly string[]>;
  /** Makes an account and signs it in. What Auth refuses is told in one way, so that nobody learns which addresses have accounts. */
  readonly signUp: (
    request: Request,
    credentials: Credentials,
    kind: "cookie" | "token",
  ) => Promise<Result<SignedIn, SignUpRefused | EmailUnconfirmed | Unavailable>>;
};

export type Membership = {
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly role: Role;
  readonly onlyAdminsSend: boolean;
};
/** What belongs to whom, as a person may see it. */
export type Directory = {
  readonly memberships: (userId: UserId) => Promise<readonly Membership[]>;
  /** Null: not a member, or no such workspace. */
  readonly membershipOf: (userId: UserId, workspaceId: WorkspaceId) => Promise<Membership | null>;
  /** Null: no such campaign, or none that this person may see. */
  readonly workspaceOfCampaign: (userId: UserId, campaignId: CampaignId) => Promise<WorkspaceId | null>;
};

/** Everything a verb may ask for, bound to one transaction. */
export type VerbCtx = Omit<CampaignCtx, "allows"> &
  Omit<ContactsCtx, "allows"> &
  Omit<PeopleCtx, "allows"> &
  Omit<IdentityCtx, "allows"> & { readonly allows: (action: Action) => boolean };
export type Access = { readonly actor: Actor; readonly workspaceId: WorkspaceId; readonly allows: (action: Action) => boolean };
export type RepeatableRequest = { readonly route: string; readonly key: string; readonly bodyHash: string };
export type Transactions = {
  /** Commits when the work answers ok, rolls back when it answers an error or throws. */
  readonly run: <T, E>(
    access: Access,
    work: (ctx: VerbCtx) => Promise<Result<T, E>>,
    /** `signal`: ends the work within moments by throwing; nothing of it stays. */
    options?: { readonly signal: AbortSignal },
  ) => Promise<Result<T, E>>;
  /** The same, once per key: a repeated request gets the first answer, and the work is not done again. */
  readonly runOnce: <T, E>(
    access: Access,
    request: RepeatableRequest,
    work: (ctx: VerbCtx) => Promise<Result<T, E>>,
  ) => Promise<Result<T, E | IdempotencyConflict | IdempotencyInProgress>>;
};

/** Work of somebody who is no member yet: of a signed-in person, or of a visitor without a name. Rolled back like a verb's. */
export type Doorstep = <T, E>(
  visitor: Pick<Session, "userId" | "email"> | null,
  work: (ctx: DoorstepCtx) => Promise<Result<T, E>>,
) => Promise<Result<T, E>>;

/** Whether Temporal answers now. The web never starts a workflow: that is the outbox's, so that it is started in one place with one patience. */
export type Durable = { readonly isReachable: () => Promise<boolean> };

/** What a browser needs to listen; public. */
export type RealtimeSettings = { readonly key: string; readonly host: string; readonly port: number; readonly useTls: boolean };
export type RealtimeGuard = {
  readonly settings: RealtimeSettings;
  readonly authorise: (socketId: string, channel: string) => { readonly auth: string } | null;
};

export type WhatsAppWebhooks = {
  readonly isVerifyToken: (token: string) => boolean;
  readonly isSigned: (rawBody: Uint8Array, signatureHeader: string | null) => boolean;
  /** Resolves after a durable commit. */
  readonly store: (rawBody: Uint8Array) => Promise<void>;
};

export type ServiceState = { readonly state: "up" | "down" | "not_configured"; readonly latencyMs: number | null };
export type Health = { readonly status: "ok" | "degraded" | "down"; readonly services: Readonly<Record<string, ServiceState>> };
