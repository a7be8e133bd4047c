import {
  type AnnounceState,
  announceChanges,
  type ChangeFeed,
  type ConversationLog,
  type DrainDeps,
  drainInbox,
  drainLaunches,
  drainOverflow,
  type Launcher,
  type LaunchFeed,
  openAnnounceState,
  type ProjectionFeed,
  projectConversations,
  type Realtime,
  type ResultOverflow,
  unparkReceipts,
  watchCampaigns,
} from "@herald/campaign";
import { seconds } from "@herald/kernel";
import type { Loop } from "./loop.ts";

export type BackgroundDeps = DrainDeps & {
  readonly overflow: ResultOverflow;
  readonly launches: LaunchFeed;
  readonly launcher: Launcher;
  readonly projections: ProjectionFeed;
  readonly conversations: ConversationLog;
  readonly changes: ChangeFeed;
  /** Null: no realtime is configured. */
  readonly realtime: Realtime | null;
  /** Removes what is kept for a time only; answers how many rows. */
  readonly housekeep: () => Promise<number>;
  readonly nowMs: () => number;
};

const inboxBatch = 500;
const outboxBatch = 500;
const launchBatch = 50;
/** Puts of the overflow, each up to a thousand results. */
const overflowBatch = 10;

/** Everything that goes on beside the workflows, in the order of engine.md's recovery: what people said first. Any number of processes may run them. */
export function backgroundLoops(deps: BackgroundDeps): readonly Loop[] {
  const announced: AnnounceState = openAnnounceState(deps.nowMs());
  const { realtime } = deps;
  const loops: Loop[] = [
    { name: "inbox", restMs: 200, rests: "when_idle", pass: async () => (await drainInbox(deps, inboxBatch)).drained },
    { name: "overflow", restMs: seconds(1), rests: "when_idle", pass: () => drainOverflow(deps, overflowBatch) },
    { name: "parked-receipts", restMs: seconds(5), rests: "always", pass: () => unparkReceipts(deps) },
    {
      name: "launches",
      restMs: 250,
      rests: "when_idle",
      pass: () => drainLaunches({ feed: deps.launches, launcher: deps.launcher }, launchBatch),
    },
    {
      name: "projections",
      restMs: 250,
      rests: "when_idle",
      pass: () => projectConversations({ feed: deps.projections, conversations: deps.conversations }, outboxBatch),
    },
    {
      name: "watchdog",
      restMs: seconds(60),
      rests: "always",
      pass: () => watchCampaigns({ feed: deps.launches, launcher: deps.launcher }),
    },
    { name: "housekeeping", restMs: seconds(60), rests: "when_idle", pass: deps.housekeep },
  ];
  if (realtime !== null)
    loops.push({
      name: "announcements",
      restMs: 250,
      rests: "always",
      pass: () => announceChanges({ changes: deps.changes, realtime }, announced),
    });
  return loops;
}
