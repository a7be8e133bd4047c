import { err } from "@herald/kernel";
import { z } from "zod";
import { door } from "../../../../../doors/index.ts";

/** GET, POST: the former way to connect WhatsApp, by OAuth without Embedded Signup. Meta closed it. */
const gone = door({
  auth: "public",
  effect: async () =>
    err({
      type: "gone",
      wayToGo: "Connect by Embedded Signup, under Integrations in the panel, or let an admin enter a system-user token.",
    }),
  answer: z.never(),
  present: (never: never) => never,
});

export { gone as GET, gone as POST };
