import { err } from "@herald/kernel";
import { z } from "zod";
import { door } from "../../../doors/index.ts";

/** Any method: an address below /api that no other door has answers a problem, not a page. */
const nowhere = door({
  auth: "public",
  params: z.unknown(),
  query: z.unknown(),
  effect: async ({ request }) => err({ type: "no_such_address", method: request.method }),
  answer: z.never(),
  present: (never: never) => never,
});

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT };
