import type { Action } from "@herald/identity";
import type { CampaignId, Result, WorkspaceId } from "@herald/kernel";
import type { z } from "zod";
import type { BodyReader } from "./body.ts";
import type { Failure, Part } from "./failures.ts";
import type { Access, Services, Session, VerbCtx } from "./services.ts";
import type { Caller } from "./watch.ts";

/** Where the door learns which workspace it is about. A campaign says it itself; the request is not asked. */
export type WorkspaceFrom<Params, Body> =
  | { readonly from: "path"; readonly of: (params: Params) => WorkspaceId }
  | { readonly from: "campaign"; readonly of: (params: Params) => CampaignId }
  | { readonly from: "body"; readonly ofBody: (body: Body) => WorkspaceId };

export const fromPath = { from: "path", of: (params: { readonly workspaceId: WorkspaceId }) => params.workspaceId } as const;
export const fromCampaign = { from: "campaign", of: (params: { readonly campaignId: CampaignId }) => params.campaignId } as const;
export const fromBody = { from: "body", ofBody: (body: { readonly workspaceId: WorkspaceId }) => body.workspaceId } as const;

export type Parsed<Params, Query, Body> = { readonly params: Params; readonly query: Query; readonly body: Body };
type Shapes<Params, Query, Body> = {
  /** An id that cannot be one answers like an id that nobody has: 404. */
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: BodyReader<Body>;
};
type Reply<Value, Told, Answer extends z.ZodType> = {
  /** What leaves the door, checked on the way out: a mismatch is a defect of ours. */
  readonly answer: Answer;
  readonly present: (value: Value, told: Told) => z.input<Answer>;
  /** Of a success; 200 when absent. */
  readonly status?: 200 | 202;
  readonly format?: "json" | "text";
};

/** One verb of a domain in one transaction; or, where no store is touched, an effect. */
export type Work<Input, Value> =
  | { readonly verb: (ctx: VerbCtx, input: Input) => Promise<Result<Value, Failure>> }
  | { readonly effect: (services: Services, input: Input) => Promise<Result<Value, Failure>> };

/** What every door of a workspace says, however it answers. */
type Membered<Params, Query, Body, Input, Value> = Shapes<Params, Query, Body> &
  Work<Input, Value> & {
    readonly auth: "member";
    readonly action: Action;
    readonly workspace: WorkspaceFrom<Params, Body>;
    /** Name of the audit entry that the verb's ports write with the change; null for a door that changes nothing. */
    readonly audit: string | null;
    /** Parts without which nothing is begun. */
    readonly needs?: readonly Part[];
    /** `required`: the header Idempotency-Key makes a repetition harmless. */
    readonly idempotency?: "required";
    /** `caller`: of a watched door, to hear how far the work is. */
    readonly input: (parsed: Parsed<Params, Query, Body>, caller: Caller) => Input;
    /** The caller's name for what an issue of the verb is about, where the verb calls it otherwise: `mapping.phone` → `query.phone`. */
    readonly nameOf?: (path: string) => string;
  };

/**
 * Work that takes long. Asked with `Accept: application/x-ndjson`, the answer is lines: `{"progress": …}` about twice a second, and last `{"done": …}`
 * or `{"problem": …}`. Whoever goes away, watching or not, ends it: its transaction is rolled back within moments.
 */
type Watched<Params, Query> = {
  /** Of one line, checked on the way out. */
  readonly progress: z.ZodType;
  /** Keeps, in a transaction of its own, that the caller left and nothing was written; also when the body had not come whole. */
  readonly whenLeft?: (ctx: VerbCtx, left: Omit<Parsed<Params, Query, never>, "body">) => Promise<Result<unknown, Failure>>;
};

/** A door of a workspace: session, membership, right, input, one verb in one transaction. */
export type MemberDoor<Params, Query, Body, Input, Value, Told, Answer extends z.ZodType> = Membered<Params, Query, Body, Input, Value> &
  Reply<Value, Told, Answer> & {
    readonly watched?: Watched<Params, Query>;
    /** What still belongs to the answer once the transaction is committed. */
    readonly afterCommit?: (services: Services, committed: { readonly access: Access; readonly value: Value }) => Promise<Told>;
  };

/** The same, with an answer that is written while it is read: a large file, or the steps of long work. */
export type StreamDoor<Params, Query, Body, Input, Value> = Membered<Params, Query, Body, Input, Value> & {
  readonly stream: {
    readonly contentType: string;
    /** Offers the answer as a download under this name. */
    readonly fileName?: (value: Value) => string;
    /**
     * Runs once the work succeeded and its transaction ended; asked for the next part when the reader took the last one, ended when the reader goes
     * away. What it throws breaks the answer off.
     */
    readonly parts: (
      services: Services,
      done: { readonly access: Access; readonly input: Input; readonly value: Value },
    ) => AsyncIterable<string>;
  };
};

/** What a door without a verb has at hand. `cookies` leave with the answer. */
export type EffectCtx<SessionOrNull> = {
  readonly services: Services;
  readonly request: Request;
  readonly session: SessionOrNull;
  readonly cookies: string[];
};

/** A door of a person, whatever the workspace. */
export type SessionDoor<Params, Query, Body, Value, Answer extends z.ZodType> = Shapes<Params, Query, Body> &
  Reply<Value, void, Answer> & {
    readonly auth: "session";
    readonly effect: (ctx: EffectCtx<Session>, parsed: Parsed<Params, Query, Body>) => Promise<Result<Value, Failure>>;
  };
export type PublicDoor<Params, Query, Body, Value, Answer extends z.ZodType> = Shapes<Params, Query, Body> &
  Reply<Value, void, Answer> & {
    readonly auth: "public";
    readonly effect: (ctx: EffectCtx<null>, parsed: Parsed<Params, Query, Body>) => Promise<Result<Value, Failure>>;
    /** Of a success, where it depends on the value. */
    readonly statusOf?: (value: Value) => number;
  };
/** A door of a provider: raw bytes, their signature, one durable row, 200. Nothing is parsed before it is stored. */
export type WebhookDoor = {
  readonly auth: "webhook";
  readonly maxBytes: number;
  readonly isSigned: (services: Services, rawBody: Uint8Array, headers: Headers) => boolean;
  readonly store: (services: Services, rawBody: Uint8Array) => Promise<void>;
};
