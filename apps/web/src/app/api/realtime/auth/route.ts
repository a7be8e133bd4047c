import { z } from "zod";
import { authoriseChannel, RealtimeBody } from "../../../../doors/channel.ts";
import { door, fromBody, jsonOrForm, otherMethods } from "../../../../doors/index.ts";

/** POST: lets a member listen to the private channel of a workspace of theirs, as pusher-js asks for it. */
export const POST = door({
  auth: "member",
  action: "workspace.read",
  workspace: fromBody,
  audit: null,
  needs: ["realtime"],
  body: jsonOrForm(RealtimeBody),
  input: ({ body }) => body,
  effect: authoriseChannel,
  answer: z.strictObject({ auth: z.string() }),
  present: ({ auth }) => ({ auth }),
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
