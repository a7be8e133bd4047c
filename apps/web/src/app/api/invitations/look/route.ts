import { lookAtInvitation, TokenInput } from "@herald/identity";
import { LookAnswer } from "../../../../doors/answers/members.ts";
import { isoOf } from "../../../../doors/answers/times.ts";
import { door, json, otherMethods, refuseForeignOrigin } from "../../../../doors/index.ts";

/** POST: what a link invites to. The token travels in the body, never in an address: addresses are logged. Uses nothing up. */
export const POST = door({
  auth: "public",
  body: json(TokenInput),
  effect: async ({ services, request }, { body }) => {
    const own = refuseForeignOrigin(request, services);
    return own.ok ? services.doorstep(null, (ctx) => lookAtInvitation(ctx, body)) : own;
  },
  answer: LookAnswer,
  present: ({ workspaceName, email, role, expiresAtMs }) => ({ workspaceName, email, role, expiresAt: isoOf(expiresAtMs) }),
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
