import type { z } from "zod";
import { type Answer, type Facts, failed } from "./answer.ts";
import { checkAnswer } from "./check-answer.ts";
import type { MemberDoor, Parsed } from "./declaration.ts";
import { failureOf } from "./failure-of.ts";
import { problemOf } from "./problem.ts";
import { runMember } from "./run-member.ts";
import type { Access, Services } from "./services.ts";
import type { Caller } from "./watch.ts";

/** A request that is past the door: who, with what. */
export type Entered<P, Q, B> = {
  readonly access: Access;
  readonly parsed: Parsed<P, Q, B>;
  readonly bodyHash: string;
  readonly facts: Facts;
};
type Whole = Exclude<Answer, { readonly kind: "stream" }>;

/** Work, and its answer as one piece. */
export async function answerMember<P, Q, B, I, V, T, A extends z.ZodType>(
  door: MemberDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  entered: Entered<P, Q, B>,
  caller: Caller,
): Promise<Whole> {
  const { access, facts } = entered;
  const checked: Caller = {
    signal: caller.signal,
    tell: (progressAt) =>
      caller.tell((elapsedMs) => (door.watched ? checkAnswer(door.watched.progress, progressAt(elapsedMs)) : {}) as object),
  };
  const done = await runMember(door, services, request, entered, door.input(entered.parsed, checked), checked);
  if (!done.ok) return { kind: "failure", failure: done.error, facts };
  // a door without afterCommit has nothing to tell, and its `present` does not ask
  const told = (await door.afterCommit?.(services, { access, value: done.value })) as T;
  return {
    kind: "success",
    status: door.status ?? 200,
    format: door.format ?? "json",
    body: checkAnswer(door.answer, door.present(done.value, told)),
    facts,
  };
}

/** The same work for somebody who watches: what would be the answer becomes the last line, and its end a line of the log. */
export async function lastLine<P, Q, B, I, V, T, A extends z.ZodType>(
  door: MemberDoor<P, Q, B, I, V, T, A>,
  services: Services,
  request: Request,
  entered: Entered<P, Q, B>,
  caller: Caller,
  requestId: string,
): Promise<{ readonly done: unknown } | { readonly problem: object }> {
  const startedMs = services.clock.monotonicMs();
  const answer = await answerMember(door, services, request, entered, caller).catch((error: unknown) =>
    failed(failureOf(services, requestId, error)),
  );
  services.log.info("door.work_ended", {
    requestId,
    durationMs: Math.round(services.clock.monotonicMs() - startedMs),
    ...(answer.kind === "failure" && { problem: answer.failure.type }),
    ...entered.facts,
  });
  return answer.kind === "success" ? { done: answer.body } : { problem: problemOf(answer.failure, requestId) };
}
