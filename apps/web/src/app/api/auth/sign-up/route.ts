import { lookAtInvitation, PasswordInput, TokenInput } from "@herald/identity";
import { z } from "zod";
import { presentSignedIn, SignInAnswer } from "../../../../doors/answers/auth.ts";
import { door, json, otherMethods, refuseForeignOrigin } from "../../../../doors/index.ts";

const SignUpBody = TokenInput.extend({ password: PasswordInput, session: z.enum(["cookie", "token"]).default("cookie") });

/**
 * POST: makes the account of an invited person and signs it in. The address is the invitation's: without an open invitation there is no way in.
 * Joining the workspace is the next request.
 */
export const POST = door({
  auth: "public",
  body: json(SignUpBody),
  effect: async ({ services, request, cookies }, { body: { token, password, session } }) => {
    const own = refuseForeignOrigin(request, services);
    if (!own.ok) return own;
    const invited = await services.doorstep(null, (ctx) => lookAtInvitation(ctx, { token }));
    if (!invited.ok) return invited;
    const signedUp = await services.sessions.signUp(request, { email: invited.value.email, password }, session);
    if (!signedUp.ok) return signedUp;
    cookies.push(...signedUp.value.cookies);
    return { ok: true, value: { ...signedUp.value, memberships: await services.directory.memberships(signedUp.value.userId) } };
  },
  answer: SignInAnswer,
  present: presentSignedIn,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
