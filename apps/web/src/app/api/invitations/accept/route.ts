import { acceptInvitation, TokenInput } from "@herald/identity";
import { JoinedAnswer, presentJoined } from "../../../../doors/answers/members.ts";
import { door, json, otherMethods } from "../../../../doors/index.ts";

/** POST: makes the signed-in person a member by an invitation for their address. Again by the same person is harmless. */
export const POST = door({
  auth: "session",
  body: json(TokenInput),
  effect: ({ services, session }, { body }) => {
    const { userId, email } = session;
    return services.doorstep({ userId, email }, (ctx) => acceptInvitation({ ...ctx, userId, email }, body));
  },
  answer: JoinedAnswer,
  present: presentJoined,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
