import { workspaceChannel } from "@herald/campaign";
import type { NotFound } from "@herald/kernel";
import { err, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { workspaceId } from "./ids.ts";
import type { Services } from "./services.ts";

const prefix = "private-workspace-";

/** What pusher-js asks with, in its own words; the workspace is in the channel's name. */
export const RealtimeBody = z
  .strictObject({
    socket_id: z.string().regex(/^\d+\.\d+$/, "is not a socket id"),
    channel_name: z.string().startsWith(prefix, "is not a channel of a workspace"),
  })
  .transform(({ socket_id, channel_name }) => ({ socketId: socket_id, workspaceId: channel_name.slice(prefix.length) }))
  .pipe(z.strictObject({ socketId: z.string(), workspaceId }));

export type ListenRequest = z.output<typeof RealtimeBody>;

/** Signs the wish to listen; that the person is a member was decided before. */
export async function authoriseChannel(
  services: Services,
  { socketId, workspaceId }: ListenRequest,
): Promise<Result<{ readonly auth: string }, NotFound>> {
  const authorised = services.realtime?.authorise(socketId, workspaceChannel(workspaceId));
  return authorised ? ok(authorised) : err(notFound("channel"));
}
