import { err, type Result } from "@herald/kernel";
import type { z } from "zod";
import { type Answer, failed } from "./answer.ts";
import { answerMember, type Entered, lastLine } from "./answer-member.ts";
import type { BodyFailure, ReadBody } from "./body.ts";
import type { MemberDoor, StreamDoor } from "./declaration.ts";
import { enterWorkspace, resourceOf } from "./enter-workspace.ts";
import type { CallerLeft } from "./failures.ts";
import { readBody, readParams, readQuery } from "./read-input.ts";
import { noteLeft, runMember } from "./run-member.ts";
import type { Access, Services, Session } from "./services.ts";
import { endingWith } from "./stream.ts";
import { linesType, unwatching, wantsLines, watched } from "./watch.ts";

/** Path, workspace and right first: nobody uploads a file into a workspace that is not theirs. Then query, body, verb, answer. */
export async function serveMember<P, Q, B, I, V, T, A extends z.ZodType>(
  door: MemberDoor<P, Q, B, I, V, T, A> | StreamDoor<P, Q, B, I, V>,
  services: Services,
  request: Request,
  session: Session,
  rawParams: unknown,
  requestId: string,
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
  const body = await bodyOf(door, services, request, early?.value ?? null, { params: params.value, query: query.value });
  if (!body.ok) return failed(body.error);
  let isStreaming = false;
  try {
    const access =
      early ?? (await enterWorkspace(services, session, door.workspace, { params: params.value, body: body.value.value }, door.action));
    if (!access.ok) return failed(access.error);
    const facts = { workspaceId: access.value.workspaceId, userId: session.userId, ...(door.audit !== null && { audit: door.audit }) };
    const parsed = { params: params.value, query: query.value, body: body.value.value };
    const entered: Entered<P, Q, B> = { access: access.value, parsed, bodyHash: body.value.hash, facts };
    if ("stream" in door) {
      const input = door.input(parsed, unwatching(request));
      const done = await runMember(door, services, request, entered, input, unwatching(request));
      if (!done.ok) return failed(done.error, facts);
      const { contentType, fileName, parts } = door.stream;
      const written = endingWith(parts(services, { access: access.value, input, value: done.value }), body.value.dispose);
      isStreaming = true;
      return { kind: "stream", contentType, fileName: fileName?.(done.value) ?? null, parts: written, facts };
    }
    if (!door.watched || !wantsLines(request)) return await answerMember(door, services, request, entered, unwatching(request));
    const lines = watched(services.clock, request.signal, (caller) => lastLine(door, services, request, entered, caller, requestId));
    isStreaming = true;
    return { kind: "stream", contentType: linesType, fileName: null, parts: endingWith(lines, body.value.dispose), facts };
  } finally {
    // what is written later may still read it
    if (!isStreaming) await body.value.dispose();
  }
}

/** The body; of a watched door also that it never came whole, because whoever sent it went away. */
async function bodyOf<P, Q, B, I, V, T, A extends z.ZodType>(
  door: MemberDoor<P, Q, B, I, V, T, A> | StreamDoor<P, Q, B, I, V>,
  services: Services,
  request: Request,
  access: Access | null,
  read: { readonly params: P; readonly query: Q },
): Promise<Result<ReadBody<B>, BodyFailure | CallerLeft>> {
  try {
    return await readBody(door.body, request);
  } catch (error) {
    if (!request.signal.aborted) throw error;
    if (access !== null) await noteLeft(door, services, access, read);
    return err({ type: "caller_left" });
  }
}
