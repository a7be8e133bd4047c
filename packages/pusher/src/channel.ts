import { parseWorkspaceId, type WorkspaceId } from "@herald/kernel";

const prefix = "private-workspace-";

export const channelOf = (workspaceId: WorkspaceId): string => `${prefix}${workspaceId}`;

/** The workspace whose members may listen to a channel; null for every other channel. */
export function workspaceOfChannel(channel: string): WorkspaceId | null {
  return channel.startsWith(prefix) ? parseWorkspaceId(channel.slice(prefix.length)) : null;
}
