import { err, type Result } from "@herald/kernel";
import type { z } from "zod";
import type { Entered } from "./answer-member.ts";
import type { MemberDoor, StreamDoor } from "./declaration.ts";
import type { Failure } from "./failures.ts";
import type { Access, Services } from "./services.ts";
import type { Caller } from "./watch.ts";

const idempotencyKey = /^[\x21-\x7e]{1,200}$/;
type AnyMemberDoor<P, Q, B, I, V, T, A extends z.ZodType> = MemberDoor<P, Q, B, I, V, T, A> | StreamDoor<P, Q, B, I, V>;

/** The work of a door: its effect, or its verb in one transaction, once or once per key. */
export async function runMember<P, Q, B, I, V, T, A extends z.ZodType>(
  door: AnyMemberDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  { access, parsed, bodyHash }: Entered<P, Q, B>,
  input: I,
  { signal }: Caller,
): Promise<Result<V, Failure>> {
  const parts = services.missingParts(door.needs ?? []);
  if (parts.length > 0) return err({ type: "not_configured", parts });
  if ("effect" in door) return door.effect(services, input);
  if ("watched" in door && door.watched) {
    try {
      return named(door.nameOf, await services.transactions.run(access, (ctx) => door.verb(ctx, input), { signal }));
    } catch (error) {
      // whatever it was that the end of the work made fail
      if (!signal.aborted) throw error;
      await noteLeft(door, services, access, parsed);
      return err({ type: "caller_left" });
    }
  }
  if (door.idempotency !== "required") return named(door.nameOf, await services.transactions.run(access, (ctx) => door.verb(ctx, input)));
  const key = request.headers.get("idempotency-key") ?? "";
  if (!idempotencyKey.test(key)) return err({ type: "idempotency_key_missing" });
  const route = `${request.method} ${new URL(request.url).pathname}`;
  return named(door.nameOf, await services.transactions.runOnce(access, { route, key, bodyHash }, (ctx) => door.verb(ctx, input)));
}

export async function noteLeft<P, Q, B, I, V, T, A extends z.ZodType>(
  door: AnyMemberDoor<P, Q, B, I, V, T, A>,
  services: Services,
  access: Access,
  { params, query }: { readonly params: P; readonly query: Q },
): Promise<void> {
  const whenLeft = "watched" in door ? door.watched?.whenLeft : undefined;
  if (whenLeft) await services.transactions.run(access, (ctx) => whenLeft(ctx, { params, query }));
}

/** Issues under the names that the caller used. */
function named<V>(nameOf: ((path: string) => string) | undefined, done: Result<V, Failure>): Result<V, Failure> {
  if (done.ok || nameOf === undefined || done.error.type !== "invalid_input") return done;
  return err({ ...done.error, issues: done.error.issues.map((issue) => ({ ...issue, path: nameOf(issue.path) })) });
}
