import { err, ok, type Result } from "@herald/kernel";
import type { ForeignOrigin } from "./failures.ts";
import type { Services } from "./services.ts";

/**
 * Whether a request that changes something under a cookie comes from our own pages. A browser cannot be made to lie about Origin or
 * Sec-Fetch-Site by a foreign page; a request that carries neither is no browser's and must use a bearer token.
 */
export function isSameOrigin(request: Request, publicUrl: URL): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") === "same-origin";
  if (origin === "null" || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === publicUrl.host || host === request.headers.get("host");
}

export const changesSomething = (request: Request): boolean => request.method !== "GET" && request.method !== "HEAD";

/** For doors that set a cookie: a foreign page must not sign its visitor in as somebody else. Requests without an origin are no browser's. */
export const refuseForeignOrigin = (request: Request, services: Services): Result<null, ForeignOrigin> =>
  request.headers.has("origin") && !isSameOrigin(request, services.publicUrl) ? err({ type: "foreign_origin" }) : ok(null);
