import type { CampaignId, SenderId, WorkspaceId } from "@herald/kernel";
import type { ChunkStore } from "../freeze/chunk.ts";
import type { CampaignRunPort } from "./campaign-run.ts";
import { ChunkRoom } from "./chunk-room.ts";
import { ChunkWindow } from "./chunk-window.ts";
import { defaultPace, type Takeover } from "./gate.ts";
import type { Lane } from "./lane.ts";
import { NumberSender, type NumberSenderDeps, type SenderSettings } from "./number-sender.ts";
import type { StageChunk } from "./stage-chunks.ts";

export type SliceInput = { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly maxMs: number };
export type SliceSignals = { readonly isStopping: () => boolean; readonly heartbeat: () => void };
/** Why a slice ended. `drained`: nothing is due soon. `blocked`: waits for a cure, a kill switch, or for longer than a minute. `stale`: another attempt took over. */
export type SliceReason = "drained" | "paused" | "cancelled" | "blocked" | "expired" | "time_up" | "stopping" | "stale" | "final";
export type SliceReport = { readonly reason: SliceReason; readonly granted: number; readonly controlSeq: number };

export type DispatcherSettings = SenderSettings & {
  /** After `send_by`, how long an attempt of a dead epoch may still be reported: the provider's total timeout plus the flush. */
  readonly recoveryGraceMs: number;
  /** How long a graceful stop waits for what is in flight. */
  readonly stopWaitMs: number;
};
export type DispatcherDeps = Omit<NumberSenderDeps, "settings"> & {
  readonly run: CampaignRunPort;
  readonly chunks: ChunkStore;
  readonly stageChunk: StageChunk;
  readonly settings: DispatcherSettings;
};
export const defaultDispatcherSettings: DispatcherSettings = {
  pace: defaultPace,
  maxInFlight: 512,
  maxUnflushed: 200,
  flushEveryMs: 200,
  flushAt: 40,
  overflowAfterMs: 5000,
  recoveryGraceMs: 25_000,
  stopWaitMs: 10_000,
};

/** A request may take 20 s; after that its outcome is known, if only as unknown. */
const longestRequestMs = 25_000;
/** A message that comes due this soon is worth waiting for inside the slice. */
const dueSoonMs = 5000;
/** A wait of the whole number that is longer than this is not sat out: the workflow looks again. */
const longestWaitMs = 60_000;
const turnMs = 200;
const recoverEveryMs = 2000;
const beatEveryMs = 1000;
/** An answer takes about this long, so that many seconds of the pace are in flight at once. */
const answerSeconds = 0.3;
const fewestWarm = 4;

/** One per process: a loop per number, shared by the slices of all its campaigns. */
export type Dispatcher = {
  /**
   * Takes the campaign over (epoch + 1) and sends until there is a reason to stop; then waits until the ledger, or the overflow, has what was granted.
   * Rejects when a store stays away: nothing is lost by that, results are kept and the next slice goes on.
   */
  readonly runSlice: (input: SliceInput, signals: SliceSignals) => Promise<SliceReport>;
};

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const sendersById = new Map<SenderId, NumberSender>();
  const room = new ChunkRoom();
  const senderOf = (workspaceId: WorkspaceId, senderId: SenderId): NumberSender => {
    const known = sendersById.get(senderId);
    if (known) return known;
    const sender = new NumberSender(deps, workspaceId, senderId);
    sendersById.set(senderId, sender);
    return sender;
  };
  return {
    async runSlice(input, signals) {
      const takeover = await deps.gate.takeOver(input.workspaceId, input.campaignId);
      if (takeover.isFinal) return { reason: "final", granted: 0, controlSeq: 0 };
      const { lane, controlSeq } = await openLane(deps, input, takeover, room);
      const sender = senderOf(input.workspaceId, takeover.senderId);
      sender.open(lane);
      let reason: SliceReason;
      try {
        reason = await watchLane(deps, input, signals, lane);
      } finally {
        const maxWaitMs = signals.isStopping() ? deps.settings.stopWaitMs : longestRequestMs;
        await whileBeating(deps, signals, sender.close(lane, maxWaitMs)).finally(() => lane.chunks.close());
      }
      // a block may have been lifted while this slice waited for answers: after `blocked` nobody looks again at once, so a newer control must still be news
      const seen = reason === "blocked" ? controlSeq : ((await deps.run.progress(input.workspaceId, input.campaignId))?.controlSeq ?? 0);
      return { reason, granted: lane.granted, controlSeq: seen };
    },
  };
}

/** `controlSeq`: the newest control before anything was sent. */
async function openLane(
  deps: DispatcherDeps,
  input: SliceInput,
  takeover: Takeover,
  room: ChunkRoom,
): Promise<{ readonly lane: Lane; readonly controlSeq: number }> {
  const [account, template, progress] = await Promise.all([
    deps.run.senderAccount(input.workspaceId, input.campaignId),
    deps.run.frozenTemplate(input.workspaceId, input.campaignId),
    deps.run.progress(input.workspaceId, input.campaignId),
  ]);
  void warmUp(deps, account.capPerSecond);
  const lane: Lane = {
    campaignId: input.campaignId,
    epoch: takeover.epoch,
    template,
    account,
    chunks: new ChunkWindow(
      (chunkNo) => deps.chunks.read(input.workspaceId, input.campaignId, chunkNo),
      (chunkNo) => stageQuietly(deps, input, chunkNo),
      progress?.chunkCount ?? 0,
      room,
    ),
    reason: "pace",
    granted: 0,
    unrecorded: 0,
    overflowed: [],
    waitMs: 0,
    askAgainAtMs: 0,
    notBeforeMs: 0,
  };
  return { lane, controlSeq: progress?.controlSeq ?? 0 };
}

/** Waits, and names what ends the slice. The sending itself goes on in the number's loop. */
async function watchLane(deps: DispatcherDeps, input: SliceInput, signals: SliceSignals, lane: Lane): Promise<SliceReason> {
  const { clock } = deps;
  const startedMs = clock.monotonicMs();
  let recoveredMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    signals.heartbeat();
    if (signals.isStopping()) return "stopping";
    if (clock.monotonicMs() - startedMs >= input.maxMs) return "time_up";
    if (clock.monotonicMs() - recoveredMs >= recoverEveryMs) {
      await deps.gate.recover(input.workspaceId, input.campaignId, deps.settings.recoveryGraceMs);
      const now = await deps.run.progress(input.workspaceId, input.campaignId);
      if (now && now.expiresAtMs <= now.nowMs) return "expired";
      recoveredMs = clock.monotonicMs();
    }
    switch (lane.reason) {
      case "stale":
      case "paused":
      case "cancelled":
      case "blocked":
        return lane.reason;
      case "killed":
        return "blocked";
      case "drained":
        if (await isDrained(deps, input, lane)) return "drained";
        break;
      case "resting":
      case "breaker_open":
      case "portfolio_limit":
        if (lane.waitMs > longestWaitMs) return "blocked";
        break;
      case "granted":
      case "pace":
      case "turn":
      case "rate":
      case "inbox_behind":
        break;
    }
    await clock.sleep(turnMs);
  }
}

/** The result of everything granted here is safe, nothing is due, and nothing will be within seconds. */
async function isDrained(deps: DispatcherDeps, input: SliceInput, lane: Lane): Promise<boolean> {
  if (lane.unrecorded > 0) return false;
  const progress = await deps.run.progress(input.workspaceId, input.campaignId);
  if (!progress) return true;
  return progress.nextDueAtMs === null || progress.nextDueAtMs - progress.nowMs > dueSoonMs;
}

/** A cache that is not filled costs nothing but speed: the sender reads the truth. */
async function stageQuietly(deps: DispatcherDeps, { workspaceId, campaignId }: SliceInput, chunkNo: number): Promise<boolean> {
  try {
    return await deps.stageChunk(workspaceId, campaignId, chunkNo);
  } catch (error) {
    deps.log.warn("staging.failed", { campaignId, chunkNo, error });
    return false;
  }
}

/** The first slots find open connections; a handshake takes longer than a slot's window. Without them the slice only starts slower. */
async function warmUp(deps: DispatcherDeps, capPerSecond: number): Promise<void> {
  const connections = Math.min(deps.settings.maxInFlight, Math.max(fewestWarm, Math.ceil(capPerSecond * answerSeconds)));
  try {
    await deps.provider.warmUp?.(connections);
  } catch (error) {
    deps.log.warn("provider.not_warm", { error });
  }
}

async function whileBeating(deps: DispatcherDeps, signals: SliceSignals, work: Promise<void>): Promise<void> {
  const done = work.then(() => true);
  do signals.heartbeat();
  while (!(await Promise.race([done, deps.clock.sleep(beatEveryMs).then(() => false)])));
}
