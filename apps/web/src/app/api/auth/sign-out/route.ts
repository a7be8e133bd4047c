import { ok } from "@herald/kernel";
import { SignOutAnswer } from "../../../../doors/answers/auth.ts";
import { door } from "../../../../doors/index.ts";

/** POST: ends the session of this device. */
export const POST = door({
  auth: "session",
  effect: async ({ services, request, cookies }) => {
    cookies.push(...(await services.sessions.signOut(request)));
    return ok(null);
  },
  answer: SignOutAnswer,
  present: () => ({ signedOut: true as const }),
});
