export { createRealtime, type PublishFailure, type PusherRealtime } from "./realtime.ts";
