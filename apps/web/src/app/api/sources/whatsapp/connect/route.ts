import { err } from "@herald/kernel";
import { z } from "zod";
import { door, otherMethods } from "../../../../../doors/index.ts";

/** GET, POST: the former way to connect WhatsApp, by OAuth without Embedded Signup. Meta closed it. */
const gone = door({
  auth: "public",
  effect: async () =>
    err({
      type: "gone",
      wayToGo: "Whoever operates this deployment adds senders, with a system-user token of the Meta business.",
    }),
  answer: z.never(),
  present: (never: never) => never,
});

export { gone as GET, gone as POST };

export const { DELETE, OPTIONS, PATCH, PUT } = otherMethods("GET", "POST");
