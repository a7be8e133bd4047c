import {
  type AnnounceState,
  announceChanges,
  type ChangeFeed,
  type ConversationLog,
  type DrainDeps,
  drainInbox,
  drainLaunches,
  type LapsedBlocks,
  type Launcher,
  type LaunchFeed,
  liftLapsed,
  type OverflowWatch,
  openAnnounceState,
  openSampleState,
  type PaceSampler,
  type PlaceCounts,
  type PlanDeps,
  type ProjectionFeed,
  projectConversations,
  type Realtime,
  type ResultOverflow,
  refreshPlans,
  type SampleState,
  samplePace,
  syncTemplates,
  type TemplateSyncDeps,
  unparkReceipts,
  watchCampaigns,
  watchOverflow,
} from "@herald/campaign";
import { seconds } from "@herald/kernel";
import type { Loop } from "./loop.ts";

export type BackgroundDeps = DrainDeps &
  PlanDeps &
  TemplateSyncDeps & {
    readonly places: PlaceCounts;
    readonly lapsed: LapsedBlocks;
    readonly overflow: ResultOverflow;
    readonly overflowWatch: OverflowWatch;
    readonly launches: LaunchFeed;
    readonly launcher: Launcher;
    readonly projections: ProjectionFeed;
    readonly conversations: ConversationLog;
    readonly changes: ChangeFeed;
    readonly paceSampler: PaceSampler;
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
/** Look-ups of one pass; each is one request, and many are made at once. */
const planBatch = 20;
/** Messages of a portfolio that are looked at in one transaction, which holds them for some tens of milliseconds. */
const placeBatch = 1000;
/** Accounts whose templates are read in one pass, each up to 150 requests, one after another. */
const templateBatch = 5;

/** Everything that goes on beside the workflows, in the order of engine.md's recovery: what people said first. Any number of processes may run them. */
export function backgroundLoops(deps: BackgroundDeps): readonly Loop[] {
  const announced: AnnounceState = openAnnounceState(deps.nowMs());
  const sampled: SampleState = openSampleState();
  const { realtime } = deps;
  const loops: Loop[] = [
    // what people send takes from the number's pace (law L5): the sooner it is seen, the less is sent that the provider refuses
    { name: "inbox", restMs: 50, rests: "when_idle", pass: async () => (await drainInbox(deps, inboxBatch)).drained },
    { name: "overflow", restMs: seconds(1), rests: "when_idle", pass: () => watchOverflow(deps, overflowBatch) },
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
    // short rests because something may have been said about a number or a template; how often each is asked for is decided by what is due
    { name: "plans", restMs: seconds(2), rests: "when_idle", pass: () => refreshPlans(deps, planBatch) },
    { name: "places", restMs: seconds(1), rests: "when_idle", pass: () => deps.places.countPlaces(placeBatch) },
    { name: "templates", restMs: seconds(2), rests: "when_idle", pass: () => syncTemplates(deps, templateBatch) },
    // a cure of a large block is ended here, and somebody waits for it
    { name: "lapsed-blocks", restMs: seconds(1), rests: "always", pass: () => liftLapsed(deps) },
    { name: "pace-samples", restMs: seconds(1), rests: "always", pass: () => samplePace(deps, sampled) },
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
