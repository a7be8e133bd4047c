import { ok } from "@herald/kernel";
import { SignOutAnswer } from "../../../../doors/answers/auth.ts";
import { door, otherMethods, refuseForeignOrigin } from "../../../../doors/index.ts";

/** POST: ends the session of this device. Open to anybody: a cookie whose session is dead or was never one must go too. */
export const POST = door({
  auth: "public",
  effect: async ({ services, request, cookies }) => {
    const own = refuseForeignOrigin(request, services);
    if (!own.ok) return own;
    cookies.push(...(await services.sessions.signOut(request)));
    return ok(null);
  },
  answer: SignOutAnswer,
  present: () => ({ signedOut: true as const }),
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
