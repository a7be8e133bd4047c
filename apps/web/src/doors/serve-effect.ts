import type { z } from "zod";
import { type Answer, failed } from "./answer.ts";
import { checkAnswer } from "./check-answer.ts";
import type { PublicDoor, SessionDoor } from "./declaration.ts";
import { readBody, readParams, readQuery } from "./read-input.ts";
import type { Services, Session } from "./services.ts";

/** Doors without a workspace: input, effect, answer. */
export async function serveEffect<P, Q, B, V, A extends z.ZodType>(
  door: PublicDoor<P, Q, B, V, A> | SessionDoor<P, Q, B, V, A>,
  services: Services,
  request: Request,
  session: Session | null,
  rawParams: unknown,
  cookies: string[],
): Promise<Answer> {
  const params = readParams(door.params, rawParams, "page");
  if (!params.ok) return failed(params.error);
  const query = readQuery(door.query, request);
  if (!query.ok) return failed(query.error);
  const body = await readBody(door.body, request);
  if (!body.ok) return failed(body.error);
  const parsed = { params: params.value, query: query.value, body: body.value.value };
  try {
    const done =
      door.auth === "public"
        ? await door.effect({ services, request, session: null, cookies }, parsed)
        : await door.effect({ services, request, session: signedIn(session), cookies }, parsed);
    if (!done.ok) return failed(done.error);
    const status = (door.auth === "public" ? door.statusOf?.(done.value) : undefined) ?? door.status ?? 200;
    return { kind: "success", status, format: door.format ?? "json", body: checkAnswer(door.answer, door.present(done.value)), facts: {} };
  } finally {
    await body.value.dispose();
  }
}

function signedIn(session: Session | null): Session {
  if (session === null) throw new Error("a session door was opened without a session");
  return session;
}
