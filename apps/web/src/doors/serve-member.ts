import { err, type Result } from "@herald/kernel";
import type { z } from "zod";
import { type Answer, failed } from "./answer.ts";
import { checkAnswer } from "./check-answer.ts";
import type { MemberDoor } from "./declaration.ts";
import { enterWorkspace, resourceOf } from "./enter-workspace.ts";
import type { Failure } from "./failures.ts";
import { readBody, readParams, readQuery } from "./read-input.ts";
import type { Access, Services, Session } from "./services.ts";

const idempotencyKey = /^[\x21-\x7e]{1,200}$/;

/** Path, workspace and right first: nobody uploads a file into a workspace that is not theirs. Then query, body, verb, answer. */
export async function serveMember<P, Q, B, I, V, T, A extends z.ZodType>(
  door: MemberDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  session: Session,
  rawParams: unknown,
): Promise<Answer> {
  const params = readParams(door.params, rawParams, resourceOf(door.workspace));
  if (!params.ok) return failed(params.error);
  // the body is not read yet, and is not asked unless it names the workspace
  const early =
    door.workspace.from === "body"
      ? null
      : await enterWorkspace(services, session, door.workspace, { params: params.value, body: undefined as B }, door.action);
  if (early && !early.ok) return failed(early.error);
  const query = readQuery(door.query, request);
  if (!query.ok) return failed(query.error);
  const body = await readBody(door.body, request);
  if (!body.ok) return failed(body.error);
  try {
    const access =
      early ?? (await enterWorkspace(services, session, door.workspace, { params: params.value, body: body.value.value }, door.action));
    if (!access.ok) return failed(access.error);
    const facts = { workspaceId: access.value.workspaceId, userId: session.userId, ...(door.audit !== null && { audit: door.audit }) };
    const input = door.input({ params: params.value, query: query.value, body: body.value.value });
    const done = await run(door, services, request, access.value, input, body.value.hash);
    if (!done.ok) return failed(done.error, facts);
    // a door without afterCommit has nothing to tell, and its `present` does not ask
    const told = (await door.afterCommit?.(services, { access: access.value, value: done.value })) as T;
    return {
      kind: "success",
      status: door.status ?? 200,
      format: door.format ?? "json",
      body: checkAnswer(door.answer, door.present(done.value, told)),
      facts,
    };
  } finally {
    await body.value.dispose();
  }
}

async function run<P, Q, B, I, V, T, A extends z.ZodType>(
  door: MemberDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  access: Access,
  input: I,
  bodyHash: string,
): Promise<Result<V, Failure>> {
  const parts = services.missingParts(door.needs ?? []);
  if (parts.length > 0) return err({ type: "not_configured", parts });
  if ("effect" in door) return door.effect(services, input);
  if (door.idempotency !== "required") return services.transactions.run(access, (ctx) => door.verb(ctx, input));
  const key = request.headers.get("idempotency-key") ?? "";
  if (!idempotencyKey.test(key)) return err({ type: "idempotency_key_missing" });
  const route = `${request.method} ${new URL(request.url).pathname}`;
  return services.transactions.runOnce(access, { route, key, bodyHash }, (ctx) => door.verb(ctx, input));
}
