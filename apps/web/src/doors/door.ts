import type { z } from "zod";
import { services } from "../container.ts";
import type { MemberDoor, PublicDoor, SessionDoor, StreamDoor, WebhookDoor } from "./declaration.ts";
import { type AnyDoor, serve } from "./serve.ts";
import type { Services } from "./services.ts";

/** What a door says of itself; the table of all doors is held against it. */
export type DoorFacts = {
  readonly auth: "member" | "session" | "public" | "webhook";
  readonly action: string | null;
  readonly workspaceFrom: string | null;
  readonly audit: string | null;
};
/** A Next route handler that can say what it is, and be opened upon other services. */
export type Handler = ((request: Request, context: { readonly params: Promise<unknown> }) => Promise<Response>) & {
  readonly facts: DoorFacts;
  readonly openOn: (services: Services, request: Request, params?: unknown) => Promise<Response>;
};

/** The one wrapper of every route: the declaration says all in which a door differs from the others. */
export function door<P, Q, B, I, V, T, A extends z.ZodType>(declaration: MemberDoor<P, Q, B, I, V, T, A>): Handler;
export function door<P, Q, B, I, V>(declaration: StreamDoor<P, Q, B, I, V>): Handler;
export function door<P, Q, B, V, A extends z.ZodType>(declaration: SessionDoor<P, Q, B, V, A>): Handler;
export function door<P, Q, B, V, A extends z.ZodType>(declaration: PublicDoor<P, Q, B, V, A>): Handler;
export function door(declaration: WebhookDoor): Handler;
export function door<P, Q, B, I, V, T, A extends z.ZodType>(declaration: AnyDoor<P, Q, B, I, V, T, A>): Handler {
  const openOn: Handler["openOn"] = (services, request, params) => serve(declaration, services, request, params);
  const handle = async (request: Request, context: { readonly params: Promise<unknown> }): Promise<Response> =>
    openOn(await services(), request, await context.params);
  return Object.assign(handle, { openOn, facts: factsOf(declaration) });
}

function factsOf<P, Q, B, I, V, T, A extends z.ZodType>(declaration: AnyDoor<P, Q, B, I, V, T, A>): DoorFacts {
  if (declaration.auth !== "member") return { auth: declaration.auth, action: null, workspaceFrom: null, audit: null };
  return { auth: "member", action: declaration.action, workspaceFrom: declaration.workspace.from, audit: declaration.audit };
}
