import { ok } from "@herald/kernel";
import { MeAnswer, workspacesOf } from "../../../../doors/answers/auth.ts";
import { door, otherMethods } from "../../../../doors/index.ts";

/** GET: who is signed in, and what as in which workspaces. */
export const GET = door({
  auth: "session",
  effect: async ({ services, session }) => ok({ session, memberships: await services.directory.memberships(session.userId) }),
  answer: MeAnswer,
  present: ({ session, memberships }) => ({ userId: session.userId, email: session.email, workspaces: workspacesOf(memberships) }),
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
