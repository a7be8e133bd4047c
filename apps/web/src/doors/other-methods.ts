import { err } from "@herald/kernel";
import { z } from "zod";
import { door, type Handler } from "./door.ts";

type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
type Others = Readonly<Record<Method, Refuser>> & { readonly OPTIONS: () => Response };
/** `allowed`: what the address takes instead; a handler with it is no door of its own. */
export type Refuser = Handler & { readonly allowed: readonly string[] };

/**
 * Whatever an address has no door for: 405 as a problem that names what it takes, where Next would answer an empty one. RFC 9110, 15.5.6 wants
 * `Allow` with it. With them OPTIONS, which Next would else answer with every method that is exported.
 */
export function otherMethods(...own: readonly Method[]): Others {
  return others([...own, "OPTIONS", ...(own.includes("GET") ? ["HEAD"] : [])].toSorted());
}

/**
 * The same for a file that is taken with GET. Next answers HEAD with GET's handler unless HEAD has one: the log of who took people away would name
 * somebody who took nothing.
 */
export function otherMethodsOfFile(): Others & { readonly HEAD: Refuser } {
  const refusers = others(["GET", "OPTIONS"]);
  return { ...refusers, HEAD: refusers.PUT };
}

function others(allowed: readonly string[]): Others {
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
