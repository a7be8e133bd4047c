import { err, ok, type Result } from "@herald/kernel";

/** A failure as the doors tell it (RFC 9457), or as the browser noticed it: no answer (`offline`), or not one of ours (`unreadable`). */
export type DoorProblem = {
  /** The last part of `urn:herald:problem:…`, e.g. `wrong_status`. */
  readonly type: string;
  /** 0: there was no answer. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly cure?: string;
  readonly requestId?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string; readonly cure?: string }[];
  /** Everything else the door said, e.g. `excluded`. */
  readonly [fact: string]: unknown;
};

/** The session ended, or never was; a wrong password is another 401. */
export const isSignedOut = ({ type }: DoorProblem): boolean => type === "unauthenticated";

/** Nobody can tell whether it was done: no answer, not one of ours, one of a server that broke down, or of a try that still runs. */
export const isOutcomeUnknown = ({ type, status }: DoorProblem): boolean =>
  status === 0 || status >= 500 || type === "unreadable" || type === "idempotency_in_progress";

export type DoorCall = {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** Makes a repetition harmless; the same one for every try of the same act. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

const prefix = "urn:herald:problem:";
const withoutAnswer = (type: "offline" | "unreadable", status: number, requestId: string | null): DoorProblem => ({
  type,
  status,
  title: "",
  detail: "",
  ...(requestId !== null && { requestId }),
});

/** One request to one of our own doors. Never throws but for an abort: whoever aborts does not wait for an answer. */
export async function callDoor<Answer>(path: `/api/${string}`, call: DoorCall = {}): Promise<Result<Answer, DoorProblem>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: call.method ?? "GET",
      headers: {
        ...(call.body !== undefined && { "content-type": "application/json" }),
        ...(call.idempotencyKey !== undefined && { "idempotency-key": call.idempotencyKey }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.signal && { signal: call.signal }),
      cache: "no-store",
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    return err(withoutAnswer("offline", 0, null));
  }
  const answer = await readAnswer<Answer>(response);
  // cut off in the middle of the body: not an answer that could not be read
  call.signal?.throwIfAborted();
  return answer;
}

/** The answer of a door, from whichever request. */
export async function readAnswer<Answer>(response: Response): Promise<Result<Answer, DoorProblem>> {
  const requestId = response.headers.get("x-request-id");
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return ok(body as Answer);
  if (typeof body !== "object" || body === null || !("type" in body) || !String(body.type).startsWith(prefix))
    return err(withoutAnswer("unreadable", response.status, requestId));
  return err({ ...(body as DoorProblem), type: String(body.type).slice(prefix.length) });
}
