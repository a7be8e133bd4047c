export { workspaceOfChannel } from "./channel.ts";
export { createRealtime, type PublishFailure, type PusherOptions, type PusherRealtime } from "./realtime.ts";
