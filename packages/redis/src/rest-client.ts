import { Redis } from "@upstash/redis";

export type RestOptions = { readonly url: string; readonly token: string };

/** A client of Upstash's REST interface whose every call ends within the deadline, in one try: a slice must not wait for a cache. */
export function createRestClient({ url, token }: RestOptions, deadlineMs: number): Redis {
  return new Redis({
    url,
    token,
    // `retry: false` still tries twice (SDK 1.39); zero retries do what it says
    retry: { retries: 0 },
    // as a function, so that each call has its own; and an aborted call then rejects instead of answering "Aborted" as data
    signal: () => AbortSignal.timeout(deadlineMs),
    // one body of a megabyte must not share its request, and its deadline, with others
    enableAutoPipelining: false,
    // values are base64 already
    responseEncoding: false,
    automaticDeserialization: false,
    enableTelemetry: false,
  });
}
