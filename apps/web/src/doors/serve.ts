import type { z } from "zod";
import { type Answer, failed } from "./answer.ts";
import type { MemberDoor, PublicDoor, SessionDoor, StreamDoor, WebhookDoor } from "./declaration.ts";
import { failureOf } from "./failure-of.ts";
import { changesSomething, isSameOrigin } from "./origin.ts";
import { requestIdOf, respond } from "./respond.ts";
import { serveEffect } from "./serve-effect.ts";
import { serveMember } from "./serve-member.ts";
import { serveWebhook } from "./serve-webhook.ts";
import type { Services } from "./services.ts";

export type AnyDoor<P, Q, B, I, V, T, A extends z.ZodType> =
  | MemberDoor<P, Q, B, I, V, T, A>
  | StreamDoor<P, Q, B, I, V>
  | SessionDoor<P, Q, B, V, A>
  | PublicDoor<P, Q, B, V, A>
  | WebhookDoor;

/** One request through one door. Whatever happens becomes one answer and one line of the log; what we did not expect never leaves. */
export async function serve<P, Q, B, I, V, T, A extends z.ZodType>(
  door: AnyDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  rawParams: unknown,
): Promise<Response> {
  const requestId = requestIdOf(request);
  const startedMs = services.clock.monotonicMs();
  const cookies: string[] = [];
  const answer = await open(door, services, request, rawParams, requestId, cookies).catch(
    (error: unknown): Answer => failed(failureOf(services, requestId, error)),
  );
  const response = respond(answer, requestId, cookies, (error) => services.log.error("door.stream_broken", { requestId, error }));
  services.log.info("door.answered", {
    requestId,
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    durationMs: Math.round(services.clock.monotonicMs() - startedMs),
    ...(answer.kind === "failure" && { problem: answer.failure.type }),
    ...answer.facts,
  });
  return response;
}

async function open<P, Q, B, I, V, T, A extends z.ZodType>(
  door: AnyDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  rawParams: unknown,
  requestId: string,
  cookies: string[],
): Promise<Answer> {
  if (door.auth === "webhook") return serveWebhook(door, services, request);
  if (door.auth === "public") return serveEffect(door, services, request, null, rawParams, cookies);
  const session = await services.sessions.read(request);
  if (!session.ok) return failed(session.error);
  cookies.push(...session.value.cookies);
  const isForeign = session.value.via === "cookie" && changesSomething(request) && !isSameOrigin(request, services.publicUrl);
  if (isForeign) return failed({ type: "foreign_origin" });
  return door.auth === "session"
    ? serveEffect(door, services, request, session.value, rawParams, cookies)
    : serveMember(door, services, request, session.value, rawParams, requestId);
}
