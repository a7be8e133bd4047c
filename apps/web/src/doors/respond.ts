import type { Answer } from "./answer.ts";
import { problemOf } from "./problem.ts";
import { downloadOf, streamOf } from "./stream.ts";

/** Never cached, never framed, never sniffed; the request id always. `onBroken`: a stream that failed under way, when the status was long gone. */
export function respond(answer: Answer, requestId: string, cookies: readonly string[], onBroken: (error: unknown) => void): Response {
  const headers = new Headers({ "x-request-id": requestId, "cache-control": "private, no-store", "x-content-type-options": "nosniff" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  if (answer.kind === "failure") {
    const problem = problemOf(answer.failure, requestId);
    headers.set("content-type", "application/problem+json");
    if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="herald"');
    if (answer.failure.type === "method_not_allowed") headers.set("allow", answer.failure.allowed.join(", "));
    return new Response(JSON.stringify(problem), { status: problem.status, headers });
  }
  if (answer.kind === "stream") {
    headers.set("content-type", answer.contentType);
    // a proxy that gathers the parts would keep the reader waiting for all of them
    headers.set("x-accel-buffering", "no");
    if (answer.fileName !== null) headers.set("content-disposition", downloadOf(answer.fileName));
    return new Response(streamOf(answer.parts, onBroken), { headers });
  }
  headers.set("content-type", answer.format === "json" ? "application/json" : "text/plain; charset=utf-8");
  return new Response(answer.format === "json" ? JSON.stringify(answer.body) : String(answer.body), { status: answer.status, headers });
}

/** The caller's id is kept when it is one, so that a proxy's log and ours agree. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id") ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}
