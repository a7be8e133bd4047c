import { ok } from "@herald/kernel";
import { z } from "zod";
import { presentSignedIn, SignInAnswer } from "../../../../doors/answers/auth.ts";
import { door, json, otherMethods, refuseForeignOrigin } from "../../../../doors/index.ts";

const SignInBody = z.strictObject({
  email: z.email().max(320),
  password: z.string().min(1).max(1000),
  /** `cookie` for browsers, `token` for scripts, which send it as `Authorization: Bearer`. */
  session: z.enum(["cookie", "token"]).default("cookie"),
});

/** POST: signs a person in by e-mail and password. */
export const POST = door({
  auth: "public",
  body: json(SignInBody),
  effect: async ({ services, request, cookies }, { body: { session, ...credentials } }) => {
    const own = refuseForeignOrigin(request, services);
    if (!own.ok) return own;
    const signedIn = await services.sessions.signIn(request, credentials, session);
    if (!signedIn.ok) return signedIn;
    cookies.push(...signedIn.value.cookies);
    return ok({ ...signedIn.value, memberships: await services.directory.memberships(signedIn.value.userId) });
  },
  answer: SignInAnswer,
  present: presentSignedIn,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
