import { err } from "@herald/kernel";
import { z } from "zod";
import { door, type Handler } from "./door.ts";

type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
/** `allowed`: what the address takes instead; a handler with it is no door of its own. */
export type Refuser = Handler & { readonly allowed: readonly string[] };

/**
 * Whatever an address has no door for: 405 as a problem that names what it takes, where Next would answer an empty one. RFC 9110, 15.5.6 wants
 * `Allow` with it. With them OPTIONS, which Next would else answer with every method that is exported.
 */
export function otherMethods(...own: readonly Method[]): Readonly<Record<Method, Refuser>> & { readonly OPTIONS: () => Response } {
  const allowed = [...own, "OPTIONS", ...(own.includes("GET") ? ["HEAD"] : [])].toSorted();
  const refuse = door({
    auth: "public",
    params: z.unknown(),
    query: z.unknown(),
    effect: async ({ request }) => err({ type: "method_not_allowed", method: request.method, allowed }),
    answer: z.never(),
    present: (never: never) => never,
  });
  const refuser = Object.assign(refuse, { allowed });
  const options = (): Response => new Response(null, { status: 204, headers: { allow: allowed.join(", ") } });
  return { DELETE: refuser, GET: refuser, PATCH: refuser, POST: refuser, PUT: refuser, OPTIONS: options };
}
