import type { CampaignId, MessageId, WorkspaceId } from "@herald/kernel";
import type { CampaignRunPort } from "../dispatch/campaign-run.ts";
import type { ControlFlag } from "../dispatch/controls.ts";
import type { AttemptResult, Ledger } from "../ledger/ledger.ts";
import { bucketOf, type MessageState, noMessages } from "../ledger/message-state.ts";
import { aSenderId } from "./ids.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** One message. `nextAtMs` and `sendByMs` are on the database's clock. */
export type Row = {
  readonly messageId: MessageId;
  readonly campaignId: CampaignId;
  readonly chunkNo: number;
  readonly entryNo: number;
  state: MessageState;
  attempt: number;
  epoch: number;
  nextAtMs: number | null;
  sendByMs: number;
};
export type CampaignRow = {
  readonly campaignId: CampaignId;
  epoch: number;
  flag: ControlFlag;
  isBlocked: boolean;
  isFinal: boolean;
  expiresAtMs: number;
};

/** The tables behind the ports, in memory: what committed stays, whoever asks. Both clocks can be told apart, and the database's can be stepped. */
export class ScriptedLedger {
  /** Of every campaign: the newest control that was committed. */
  controlSeq = 7;
  readonly rows: Row[] = [];
  readonly campaigns = new Map<CampaignId, CampaignRow>();
  /** Every result that was taken, in the order of the calls. */
  readonly recorded: AttemptResult[] = [];
  isKilled = false;
  capPerSecond = 80;
  /** The next flushes fail before they commit, or after it on the way back. */
  refuseFlushes = 0;
  loseFlushAnswers = 0;
  flushTripMs = 4;
  clockStepMs = 0;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  databaseMs(): number {
    return 1_000_000 + this.#clock.monotonicMs() + this.clockStepMs;
  }

  campaign(campaignId: CampaignId): CampaignRow {
    const campaign = this.campaigns.get(campaignId);
    if (!campaign) throw new Error("no such campaign in this world");
    return campaign;
  }

  in(state: MessageState): readonly Row[] {
    return this.rows.filter((row) => row.state === state);
  }

  readonly ledger: Ledger = {
    record: async (_workspaceId, results) => {
      await this.#clock.sleep(this.flushTripMs / 2);
      if (this.refuseFlushes > 0) {
        this.refuseFlushes -= 1;
        throw new Error("the ledger is away");
      }
      for (const result of results) this.#settle(result);
      await this.#clock.sleep(this.flushTripMs / 2);
      if (this.loseFlushAnswers > 0) {
        this.loseFlushAnswers -= 1;
        throw new Error("the answer of the flush was lost");
      }
      return results.length;
    },
    mergeReceipts: () => Promise.reject(new Error("no receipts in this world")),
    balance: () => Promise.reject(new Error("no reports in this world")),
  };

  readonly run: CampaignRunPort = {
    progress: async (_workspaceId: WorkspaceId, campaignId) => {
      const campaign = this.campaign(campaignId);
      const rows = this.rows.filter((row) => row.campaignId === campaignId);
      const counts = { ...noMessages };
      for (const row of rows) counts[bucketOf(row.state, null)] += 1;
      const due = rows.flatMap((row) => (row.nextAtMs === null ? [] : [row.nextAtMs]));
      return {
        status: campaign.isFinal ? "sent" : "sending",
        flag: campaign.flag,
        controlSeq: this.controlSeq,
        runNo: 0,
        planned: rows.length,
        chunkCount: Math.max(0, ...rows.map((row) => row.chunkNo + 1)),
        counts,
        scheduledAtMs: null,
        expiresAtMs: campaign.expiresAtMs,
        nextDueAtMs: due.length === 0 ? null : Math.min(...due),
        nowMs: this.databaseMs(),
      };
    },
    release: () => Promise.reject(new Error("nothing is scheduled in this world")),
    cancel: () => Promise.reject(new Error("controls are set by hand in this world")),
    skipOpen: () => Promise.reject(new Error("nobody settles in this world")),
    finalise: () => Promise.reject(new Error("nobody settles in this world")),
    markStagingDegraded: () => Promise.reject(new Error("nobody stages in this world")),
    senderAccount: async () => ({
      providerNumberId: `number-of-${aSenderId()}`,
      accessToken: "a-token-of-nobody",
      capPerSecond: this.capPerSecond,
    }),
    frozenTemplate: async () => ({
      name: "spring_sale",
      language: "en",
      category: "MARKETING",
      parameterFormat: "positional",
      componentsHash: "hash",
      headerKind: "none",
    }),
  };

  /** Merges by attempt, as the real one does: what is not the newest open attempt moves nothing. */
  #settle(result: AttemptResult): void {
    this.recorded.push(result);
    const row = this.rows.find(({ messageId }) => messageId === result.messageId);
    if (!row || row.attempt !== result.attempt || (row.state !== "dispatching" && row.state !== "unknown")) return;
    const { state, retryInMs } = result.settlement;
    row.state = state;
    row.nextAtMs = retryInMs === null || (state !== "queued" && state !== "deferred") ? null : this.databaseMs() + retryInMs;
  }
}
